/**
 * The messages of the Sheets API that the sandbox reads or answers, in a short notation:
 * `name` is a string, `name:int|num|bool|any` a scalar or an unchecked value, `name:Type` a message, `name:{A|B}` an
 * enum, and a trailing `*` means repeated. Parts that the sandbox does not emulate are `any`.
 * Field names: https://developers.google.com/workspace/sheets/api/reference/rest/v4
 */
export const sheetsMessages: Record<string, string> = {
  NumberFormat: `type:{NUMBER_FORMAT_TYPE_UNSPECIFIED|TEXT|NUMBER|PERCENT|CURRENCY|DATE|TIME|DATE_TIME|SCIENTIFIC} pattern`,
  Color: `red:num green:num blue:num alpha:num`,
  ColorStyle: `
    rgbColor:Color
    themeColor:{THEME_COLOR_TYPE_UNSPECIFIED|TEXT|BACKGROUND|ACCENT1|ACCENT2|ACCENT3|ACCENT4|ACCENT5|ACCENT6|LINK}
  `,
  Border: `
    style:{STYLE_UNSPECIFIED|DOTTED|DASHED|SOLID|SOLID_MEDIUM|SOLID_THICK|NONE|DOUBLE} width:int color:Color
    colorStyle:ColorStyle
  `,
  Borders: `top:Border bottom:Border left:Border right:Border`,
  Padding: `top:int right:int bottom:int left:int`,
  Link: `uri`,
  TextFormat: `
    foregroundColor:Color foregroundColorStyle:ColorStyle fontFamily fontSize:int bold:bool italic:bool
    strikethrough:bool underline:bool link:Link
  `,
  TextRotation: `angle:int vertical:bool`,
  CellFormat: `
    numberFormat:NumberFormat backgroundColor:Color backgroundColorStyle:ColorStyle borders:Borders padding:Padding
    horizontalAlignment:{HORIZONTAL_ALIGN_UNSPECIFIED|LEFT|CENTER|RIGHT}
    verticalAlignment:{VERTICAL_ALIGN_UNSPECIFIED|TOP|MIDDLE|BOTTOM}
    wrapStrategy:{WRAP_STRATEGY_UNSPECIFIED|OVERFLOW_CELL|LEGACY_WRAP|CLIP|WRAP}
    textDirection:{TEXT_DIRECTION_UNSPECIFIED|LEFT_TO_RIGHT|RIGHT_TO_LEFT} textFormat:TextFormat
    hyperlinkDisplayType:{HYPERLINK_DISPLAY_TYPE_UNSPECIFIED|LINKED|PLAIN_TEXT} textRotation:TextRotation
  `,
  SpreadsheetProperties: `
    title locale autoRecalc:{RECALCULATION_INTERVAL_UNSPECIFIED|ON_CHANGE|MINUTE|HOUR} timeZone
    defaultFormat:CellFormat iterativeCalculationSettings:any spreadsheetTheme:any
    importFunctionsExternalUrlAccessAllowed:bool
  `,
  GridProperties: `
    rowCount:int columnCount:int frozenRowCount:int frozenColumnCount:int hideGridlines:bool
    rowGroupControlAfter:bool columnGroupControlAfter:bool
  `,
  SheetProperties: `
    sheetId:int title index:int sheetType:{SHEET_TYPE_UNSPECIFIED|GRID|OBJECT|DATA_SOURCE}
    gridProperties:GridProperties hidden:bool tabColor:Color tabColorStyle:ColorStyle rightToLeft:bool
    dataSourceSheetProperties:any
  `,
  ErrorValue: `type:{ERROR_TYPE_UNSPECIFIED|ERROR|NULL_VALUE|DIVIDE_BY_ZERO|VALUE|REF|NAME|NUM|N_A|LOADING} message`,
  ExtendedValue: `numberValue:num stringValue boolValue:bool formulaValue errorValue:ErrorValue`,
  TextFormatRun: `startIndex:int format:TextFormat`,
  ConditionValue: `
    relativeDate:{RELATIVE_DATE_UNSPECIFIED|PAST_YEAR|PAST_MONTH|PAST_WEEK|YESTERDAY|TODAY|TOMORROW}
    userEnteredValue
  `,
  BooleanCondition: `
    type:{CONDITION_TYPE_UNSPECIFIED|NUMBER_GREATER|NUMBER_GREATER_THAN_EQ|NUMBER_LESS|NUMBER_LESS_THAN_EQ|NUMBER_EQ|NUMBER_NOT_EQ|NUMBER_BETWEEN|NUMBER_NOT_BETWEEN|TEXT_CONTAINS|TEXT_NOT_CONTAINS|TEXT_STARTS_WITH|TEXT_ENDS_WITH|TEXT_EQ|TEXT_IS_EMAIL|TEXT_IS_URL|DATE_EQ|DATE_BEFORE|DATE_AFTER|DATE_ON_OR_BEFORE|DATE_ON_OR_AFTER|DATE_BETWEEN|DATE_NOT_BETWEEN|DATE_IS_VALID|ONE_OF_RANGE|ONE_OF_LIST|BLANK|NOT_BLANK|CUSTOM_FORMULA|BOOLEAN|TEXT_NOT_EQ|DATE_NOT_EQ|FILTER_EXPRESSION}
    values:ConditionValue*
  `,
  DataValidationRule: `condition:BooleanCondition inputMessage strict:bool showCustomUi:bool`,
  CellData: `
    userEnteredValue:ExtendedValue effectiveValue:ExtendedValue formattedValue userEnteredFormat:CellFormat
    effectiveFormat:CellFormat hyperlink note textFormatRuns:TextFormatRun* dataValidation:DataValidationRule
    pivotTable:any dataSourceTable:any dataSourceFormula:any chipRuns:any*
  `,
  RowData: `values:CellData*`,
  DimensionRange: `sheetId:int dimension:{DIMENSION_UNSPECIFIED|ROWS|COLUMNS} startIndex:int endIndex:int`,
  DeveloperMetadataLocation: `
    locationType:{DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED|ROW|COLUMN|SHEET|SPREADSHEET} spreadsheet:bool
    sheetId:int dimensionRange:DimensionRange
  `,
  DeveloperMetadata: `
    metadataId:int metadataKey metadataValue location:DeveloperMetadataLocation
    visibility:{DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED|DOCUMENT|PROJECT}
  `,
  DimensionProperties: `
    hiddenByFilter:bool hiddenByUser:bool pixelSize:int developerMetadata:DeveloperMetadata*
    dataSourceColumnReference:any
  `,
  GridData: `
    startRow:int startColumn:int rowData:RowData* rowMetadata:DimensionProperties*
    columnMetadata:DimensionProperties*
  `,
  GridRange: `sheetId:int startRowIndex:int endRowIndex:int startColumnIndex:int endColumnIndex:int`,
  BooleanRule: `condition:BooleanCondition format:CellFormat`,
  InterpolationPoint: `
    color:Color colorStyle:ColorStyle type:{INTERPOLATION_POINT_TYPE_UNSPECIFIED|MIN|MAX|NUMBER|PERCENT|PERCENTILE}
    value
  `,
  GradientRule: `minpoint:InterpolationPoint midpoint:InterpolationPoint maxpoint:InterpolationPoint`,
  ConditionalFormatRule: `ranges:GridRange* booleanRule:BooleanRule gradientRule:GradientRule`,
  Editors: `users:string* groups:string* domainUsersCanEdit:bool`,
  ProtectedRange: `
    protectedRangeId:int range:GridRange namedRangeId tableId description warningOnly:bool
    requestingUserCanEdit:bool unprotectedRanges:GridRange* editors:Editors
  `,
  SortSpec: `
    dimensionIndex:int dataSourceColumnReference:any sortOrder:{SORT_ORDER_UNSPECIFIED|ASCENDING|DESCENDING}
    foregroundColor:Color foregroundColorStyle:ColorStyle backgroundColor:Color backgroundColorStyle:ColorStyle
  `,
  FilterCriteria: `
    hiddenValues:string* condition:BooleanCondition visibleBackgroundColor:Color
    visibleBackgroundColorStyle:ColorStyle visibleForegroundColor:Color visibleForegroundColorStyle:ColorStyle
  `,
  FilterSpec: `columnIndex:int dataSourceColumnReference:any filterCriteria:FilterCriteria`,
  BasicFilter: `range:GridRange tableId sortSpecs:SortSpec* criteria:any filterSpecs:FilterSpec*`,
  Sheet: `
    properties:SheetProperties data:GridData* merges:GridRange* conditionalFormats:ConditionalFormatRule*
    filterViews:any* protectedRanges:ProtectedRange* basicFilter:BasicFilter charts:any* bandedRanges:any*
    developerMetadata:DeveloperMetadata* rowGroups:any* columnGroups:any* slicers:any* tables:any*
  `,
  NamedRange: `namedRangeId name range:GridRange`,
  Spreadsheet: `
    spreadsheetId properties:SpreadsheetProperties sheets:Sheet* namedRanges:NamedRange* spreadsheetUrl
    developerMetadata:DeveloperMetadata* dataSources:any* dataSourceSchedules:any*
  `,
  UpdateSpreadsheetPropertiesRequest: `properties:SpreadsheetProperties fields`,
  UpdateSheetPropertiesRequest: `properties:SheetProperties fields`,
  DataSourceSheetDimensionRange: `sheetId:int columnReferences:any*`,
  UpdateDimensionPropertiesRequest: `range:DimensionRange dataSourceSheetRange:DataSourceSheetDimensionRange properties:DimensionProperties fields`,
  UpdateNamedRangeRequest: `namedRange:NamedRange fields`,
  RepeatCellRequest: `range:GridRange cell:CellData fields`,
  AddNamedRangeRequest: `namedRange:NamedRange`,
  DeleteNamedRangeRequest: `namedRangeId`,
  AddSheetRequest: `properties:SheetProperties`,
  DeleteSheetRequest: `sheetId:int`,
  CopyPasteRequest: `
    source:GridRange destination:GridRange
    pasteType:{PASTE_NORMAL|PASTE_VALUES|PASTE_FORMAT|PASTE_NO_BORDERS|PASTE_FORMULA|PASTE_DATA_VALIDATION|PASTE_CONDITIONAL_FORMATTING}
    pasteOrientation:{NORMAL|TRANSPOSE}
  `,
  MergeCellsRequest: `range:GridRange mergeType:{MERGE_ALL|MERGE_COLUMNS|MERGE_ROWS}`,
  UnmergeCellsRequest: `range:GridRange`,
  UpdateBordersRequest: `range:GridRange top:Border bottom:Border left:Border right:Border innerHorizontal:Border innerVertical:Border`,
  GridCoordinate: `sheetId:int rowIndex:int columnIndex:int`,
  UpdateCellsRequest: `start:GridCoordinate range:GridRange rows:RowData* fields`,
  AppendCellsRequest: `sheetId:int rows:RowData* fields tableId`,
  ClearBasicFilterRequest: `sheetId:int`,
  DeleteDimensionRequest: `range:DimensionRange`,
  DuplicateSheetRequest: `sourceSheetId:int insertSheetIndex:int newSheetId:int newSheetName`,
  FindReplaceRequest: `
    find replacement range:GridRange sheetId:int allSheets:bool matchCase:bool matchEntireCell:bool
    searchByRegex:bool includeFormulas:bool
  `,
  InsertDimensionRequest: `range:DimensionRange inheritFromBefore:bool`,
  InsertRangeRequest: `range:GridRange shiftDimension:{DIMENSION_UNSPECIFIED|ROWS|COLUMNS}`,
  MoveDimensionRequest: `source:DimensionRange destinationIndex:int`,
  DeleteRangeRequest: `range:GridRange shiftDimension:{DIMENSION_UNSPECIFIED|ROWS|COLUMNS}`,
  AppendDimensionRequest: `sheetId:int dimension:{DIMENSION_UNSPECIFIED|ROWS|COLUMNS} length:int`,
  AddConditionalFormatRuleRequest: `rule:ConditionalFormatRule index:int`,
  DeleteConditionalFormatRuleRequest: `index:int sheetId:int`,
  SortRangeRequest: `range:GridRange sortSpecs:SortSpec*`,
  SetDataValidationRequest: `range:GridRange rule:DataValidationRule filteredRowsIncluded:bool`,
  SetBasicFilterRequest: `filter:BasicFilter`,
  AddProtectedRangeRequest: `protectedRange:ProtectedRange`,
  UpdateProtectedRangeRequest: `protectedRange:ProtectedRange fields`,
  DeleteProtectedRangeRequest: `protectedRangeId:int`,
  AutoResizeDimensionsRequest: `dimensions:DimensionRange dataSourceSheetDimensions:DataSourceSheetDimensionRange`,
  CreateDeveloperMetadataRequest: `developerMetadata:DeveloperMetadata`,
  DeveloperMetadataLookup: `
    locationType:{DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED|ROW|COLUMN|SHEET|SPREADSHEET}
    metadataLocation:DeveloperMetadataLocation
    locationMatchingStrategy:{DEVELOPER_METADATA_LOCATION_MATCHING_STRATEGY_UNSPECIFIED|EXACT_LOCATION|INTERSECTING_LOCATION}
    metadataId:int metadataKey metadataValue visibility:{DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED|DOCUMENT|PROJECT}
  `,
  DataFilter: `developerMetadataLookup:DeveloperMetadataLookup a1Range gridRange:GridRange`,
  UpdateDeveloperMetadataRequest: `dataFilters:DataFilter* developerMetadata:DeveloperMetadata fields`,
  DeleteDeveloperMetadataRequest: `dataFilter:DataFilter`,
  Request: `
    updateSpreadsheetProperties:UpdateSpreadsheetPropertiesRequest
    updateSheetProperties:UpdateSheetPropertiesRequest updateDimensionProperties:UpdateDimensionPropertiesRequest
    updateNamedRange:UpdateNamedRangeRequest repeatCell:RepeatCellRequest addNamedRange:AddNamedRangeRequest
    deleteNamedRange:DeleteNamedRangeRequest addSheet:AddSheetRequest deleteSheet:DeleteSheetRequest autoFill:any
    cutPaste:any copyPaste:CopyPasteRequest mergeCells:MergeCellsRequest unmergeCells:UnmergeCellsRequest
    updateBorders:UpdateBordersRequest updateCells:UpdateCellsRequest addFilterView:any
    appendCells:AppendCellsRequest clearBasicFilter:ClearBasicFilterRequest deleteDimension:DeleteDimensionRequest
    deleteEmbeddedObject:any deleteFilterView:any duplicateFilterView:any duplicateSheet:DuplicateSheetRequest
    findReplace:FindReplaceRequest insertDimension:InsertDimensionRequest insertRange:InsertRangeRequest
    moveDimension:MoveDimensionRequest updateEmbeddedObjectPosition:any pasteData:any textToColumns:any
    updateFilterView:any deleteRange:DeleteRangeRequest appendDimension:AppendDimensionRequest
    addConditionalFormatRule:AddConditionalFormatRuleRequest updateConditionalFormatRule:any
    deleteConditionalFormatRule:DeleteConditionalFormatRuleRequest sortRange:SortRangeRequest
    setDataValidation:SetDataValidationRequest setBasicFilter:SetBasicFilterRequest
    addProtectedRange:AddProtectedRangeRequest updateProtectedRange:UpdateProtectedRangeRequest
    deleteProtectedRange:DeleteProtectedRangeRequest autoResizeDimensions:AutoResizeDimensionsRequest addChart:any
    updateChartSpec:any updateBanding:any addBanding:any deleteBanding:any
    createDeveloperMetadata:CreateDeveloperMetadataRequest updateDeveloperMetadata:UpdateDeveloperMetadataRequest
    deleteDeveloperMetadata:DeleteDeveloperMetadataRequest randomizeRange:any addDimensionGroup:any
    deleteDimensionGroup:any updateDimensionGroup:any trimWhitespace:any deleteDuplicates:any
    updateEmbeddedObjectBorder:any addSlicer:any updateSlicerSpec:any addDataSource:any updateDataSource:any
    deleteDataSource:any refreshDataSource:any cancelDataSourceRefresh:any addTable:any updateTable:any
    deleteTable:any
  `,
  BatchUpdateSpreadsheetRequest: `requests:Request* includeSpreadsheetInResponse:bool responseRanges:string* responseIncludeGridData:bool`,
  AddNamedRangeResponse: `namedRange:NamedRange`,
  AddSheetResponse: `properties:SheetProperties`,
  DuplicateSheetResponse: `properties:SheetProperties`,
  FindReplaceResponse: `valuesChanged:int formulasChanged:int rowsChanged:int sheetsChanged:int occurrencesChanged:int`,
  DeleteConditionalFormatRuleResponse: `rule:ConditionalFormatRule`,
  AddProtectedRangeResponse: `protectedRange:ProtectedRange`,
  CreateDeveloperMetadataResponse: `developerMetadata:DeveloperMetadata`,
  UpdateDeveloperMetadataResponse: `developerMetadata:DeveloperMetadata*`,
  DeleteDeveloperMetadataResponse: `deletedDeveloperMetadata:DeveloperMetadata*`,
  Response: `
    addNamedRange:AddNamedRangeResponse addSheet:AddSheetResponse addFilterView:any duplicateFilterView:any
    duplicateSheet:DuplicateSheetResponse findReplace:FindReplaceResponse updateEmbeddedObjectPosition:any
    updateConditionalFormatRule:any deleteConditionalFormatRule:DeleteConditionalFormatRuleResponse
    addProtectedRange:AddProtectedRangeResponse addChart:any addBanding:any
    createDeveloperMetadata:CreateDeveloperMetadataResponse updateDeveloperMetadata:UpdateDeveloperMetadataResponse
    deleteDeveloperMetadata:DeleteDeveloperMetadataResponse addDimensionGroup:any deleteDimensionGroup:any
    trimWhitespace:any deleteDuplicates:any addSlicer:any addDataSource:any updateDataSource:any
    refreshDataSource:any cancelDataSourceRefresh:any addTable:any
  `,
  BatchUpdateSpreadsheetResponse: `spreadsheetId replies:Response* updatedSpreadsheet:Spreadsheet`,
  ValueRange: `range majorDimension:{DIMENSION_UNSPECIFIED|ROWS|COLUMNS} values:any*`,
  BatchGetValuesResponse: `spreadsheetId valueRanges:ValueRange*`,
  UpdateValuesResponse: `spreadsheetId updatedRange updatedRows:int updatedColumns:int updatedCells:int updatedData:ValueRange`,
  BatchUpdateValuesRequest: `
    valueInputOption:{INPUT_VALUE_OPTION_UNSPECIFIED|RAW|USER_ENTERED} data:ValueRange* includeValuesInResponse:bool
    responseValueRenderOption:{FORMATTED_VALUE|UNFORMATTED_VALUE|FORMULA}
    responseDateTimeRenderOption:{SERIAL_NUMBER|FORMATTED_STRING}
  `,
  BatchUpdateValuesResponse: `
    spreadsheetId totalUpdatedRows:int totalUpdatedColumns:int totalUpdatedCells:int totalUpdatedSheets:int
    responses:UpdateValuesResponse*
  `,
  AppendValuesResponse: `spreadsheetId tableRange updates:UpdateValuesResponse`,
  ClearValuesRequest: ``,
  ClearValuesResponse: `spreadsheetId clearedRange`,
  BatchClearValuesRequest: `ranges:string*`,
  BatchClearValuesResponse: `spreadsheetId clearedRanges:string*`,
  SearchDeveloperMetadataRequest: `dataFilters:DataFilter*`,
  MatchedDeveloperMetadata: `developerMetadata:DeveloperMetadata dataFilters:DataFilter*`,
  SearchDeveloperMetadataResponse: `matchedDeveloperMetadata:MatchedDeveloperMetadata*`,
  GetSpreadsheetByDataFilterRequest: `dataFilters:DataFilter* includeGridData:bool excludeTablesInBandedRanges:bool`,
  CopySheetToAnotherSpreadsheetRequest: `destinationSpreadsheetId`,
  BatchGetValuesByDataFilterRequest: `
    dataFilters:DataFilter* majorDimension:{DIMENSION_UNSPECIFIED|ROWS|COLUMNS}
    valueRenderOption:{FORMATTED_VALUE|UNFORMATTED_VALUE|FORMULA}
    dateTimeRenderOption:{SERIAL_NUMBER|FORMATTED_STRING}
  `,
  MatchedValueRange: `valueRange:ValueRange dataFilters:DataFilter*`,
  BatchGetValuesByDataFilterResponse: `spreadsheetId valueRanges:MatchedValueRange*`,
}
