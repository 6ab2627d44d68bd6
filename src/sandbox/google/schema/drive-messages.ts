/** The messages of the Drive API that the sandbox reads or answers; notation as in sheets-messages.ts. */
export const driveMessages: Record<string, string> = {
  User: `kind displayName photoLink me:bool permissionId emailAddress`,
  ContentRestriction: `
    readOnly:bool reason type restrictingUser:User restrictionTime ownerRestricted:bool systemRestricted:bool
  `,
  Permission: `
    id displayName type kind permissionDetails:any* photoLink emailAddress role allowFileDiscovery:bool domain
    expirationTime teamDrivePermissionDetails:any* deleted:bool view pendingOwner:bool
    inheritedPermissionsDisabled:bool
  `,
  File: `
    kind driveId fileExtension copyRequiresWriterPermission:bool md5Checksum contentHints:any writersCanShare:bool
    viewedByMe:bool mimeType exportLinks:any parents:string* thumbnailLink iconLink shared:bool
    lastModifyingUser:User owners:User* headRevisionId sharingUser:User webViewLink webContentLink size
    viewersCanCopyContent:bool permissions:Permission* hasThumbnail:bool spaces:string* folderColorRgb id name
    description starred:bool trashed:bool explicitlyTrashed:bool createdTime modifiedTime modifiedByMeTime
    viewedByMeTime sharedWithMeTime quotaBytesUsed version originalFilename ownedByMe:bool fullFileExtension
    properties:any appProperties:any isAppAuthorized:bool teamDriveId capabilities:any hasAugmentedPermissions:bool
    trashingUser:User thumbnailVersion trashedTime modifiedByMe:bool permissionIds:string* imageMediaMetadata:any
    videoMediaMetadata:any shortcutDetails:any contentRestrictions:ContentRestriction* resourceKey
    linkShareMetadata:any labelInfo:any sha1Checksum sha256Checksum inheritedPermissionsDisabled:bool
    downloadRestrictions:any clientEncryptionDetails:any
  `,
  FileList: `kind nextPageToken incompleteSearch:bool files:File*`,
  PermissionList: `kind nextPageToken permissions:Permission*`,
  Drive: `
    id name colorRgb kind backgroundImageLink capabilities:any themeId backgroundImageFile:any createdTime hidden:bool
    restrictions:any orgUnitId
  `,
  DriveList: `kind nextPageToken drives:Drive*`,
  Change: `
    kind removed:bool file:File fileId time driveId type teamDriveId teamDrive:any changeType drive:Drive
  `,
  ChangeList: `kind nextPageToken newStartPageToken changes:Change*`,
  StartPageToken: `kind startPageToken`,
  GeneratedIds: `kind space ids:string*`,
  About: `
    kind user:User storageQuota:any importFormats:any exportFormats:any maxImportSizes:any maxUploadSize
    appInstalled:bool folderColorPalette:string* driveThemes:any* teamDriveThemes:any* canCreateDrives:bool
    canCreateTeamDrives:bool
  `,
  Empty: ``,
}
