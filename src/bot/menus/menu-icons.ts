/** Line drawings on a field of 24 by 24, drawn with round pens: strokes only, no fills. */
export const MENU_ICONS = {
  clipboard:
    'M8.5 3.5h7v3h-7z M8.5 5H6.5a1 1 0 0 0-1 1v13.5a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V6a1 1 0 0 0-1-1h-2 M9 11.5h6 M9 15.5h4',
  check: 'M12 3.5a8.5 8.5 0 1 0 .01 0 M8 12.3l2.8 2.8 5.4-5.6',
  clock: 'M12 3.5a8.5 8.5 0 1 0 .01 0 M12 7.3v5l3.3 2',
  back: 'M8 4.5l-4 4 4 4 M4.4 8.5H14a5.5 5.5 0 0 1 0 11H8',
  people:
    'M9 11.2a3.4 3.4 0 1 0-.01 0 M2.8 19.5c0-3.5 2.8-5.6 6.2-5.6s6.2 2.1 6.2 5.6 M15.8 4.7a3.4 3.4 0 0 1 0 6.2 M17.6 14.3c2.2.7 3.6 2.5 3.6 5.2',
  question: 'M12 3.5a8.5 8.5 0 1 0 .01 0 M9.6 9.6a2.5 2.5 0 1 1 3.7 2.2c-.9.5-1.3 1-1.3 1.9 M12 16.6v.1',
  list: 'M4 4.8h3v3H4z M4 10.5h3v3H4z M4 16.2h3v3H4z M10.5 6.3H20 M10.5 12H20 M10.5 17.7H20',
  tray: 'M4 13l2.6-8h10.8L20 13v6H4z M4 13h4.6l1.5 2.5h3.8l1.5-2.5H20',
  magnifier: 'M10.5 4a6.5 6.5 0 1 0 .01 0 M15.2 15.2l5.3 5.3',
  calendar: 'M4 5.8h16V20H4z M4 10h16 M8.2 3.6v3.6 M15.8 3.6v3.6 M12 12.3v5 M9.5 14.8h5',
  hourglass:
    'M7 3.5h10 M7 20.5h10 M8.2 3.5v3c0 2.6 3.8 3.4 3.8 5.5s-3.8 2.9-3.8 5.5v3 M15.8 3.5v3c0 2.6-3.8 3.4-3.8 5.5s3.8 2.9 3.8 5.5v3',
  key: 'M8 11.5a4.3 4.3 0 1 0 .01 0 M11.1 12.8L19.8 4.1 M16.2 7.7l2.9 2.9 M13.6 10.3l2 2',
} as const

export type MenuIcon = keyof typeof MENU_ICONS
