const PATHS = {
  send: 'M3.4 20.4 21 12 3.4 3.6 3 10l11 2-11 2z',
  smile:
    'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 18a8 8 0 1 1 0-16 8 8 0 0 1 0 16Zm-3.5-9a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6Zm7 0a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6ZM12 17.5c2.2 0 4-1.3 4.8-3.2H7.200c.8 1.900 2.600 3.200 4.800 3.200Z',
  picture:
    'M5 4h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6c0-1.100.9-2 2-2Zm0 2v9.600l4-4 3.500 3.500L16 11l3 3V6H5Zm4 4a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Z',
  lock: 'M7 10V8a5 5 0 0 1 10 0v2h1a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1h1Zm2 0h6V8a3 3 0 0 0-6 0v2Z',
  keyboard:
    'M4 5h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V7c0-1.100.9-2 2-2Zm1 3v2h2V8H5Zm4 0v2h2V8H9Zm4 0v2h2V8h-2Zm4 0v2h2V8h-2ZM5 12v2h2v-2H5Zm3 3v2h8v-2H8Zm1-3v2h2v-2H9Zm4 0v2h2v-2h-2Zm4 0v2h2v-2h-2Z',
  menu: 'M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z',
  pin: 'M12 2a7 7 0 0 0-7 7c0 5.200 7 13 7 13s7-7.800 7-13a7 7 0 0 0-7-7Zm0 9.500a2.500 2.500 0 1 1 0-5 2.500 2.500 0 0 1 0 5Z',
  file: 'M6 2h8l5 5v13a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4c0-1.100.9-2 2-2Zm7 1.500V8h4.500L13 3.500Z',
  play: 'M8 5v14l11-7z',
  shield:
    'm12 2 8 3v6c0 5-3.400 9.400-8 11-4.600-1.600-8-6-8-11V5l8-3Zm-1.200 13.500 5.600-5.600-1.400-1.400-4.200 4.200-1.900-1.900-1.400 1.400 3.300 3.300Z',
  chevron: 'm7 10 5 5 5-5z',
  note: 'M4 3h16v12l-6 6H4V3Zm3 4v2h10V7H7Zm0 4v2h7v-2H7Z',
  phone: 'M8 1h8a2 2 0 0 1 2 2v18a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V3c0-1.100.9-2 2-2Zm0 4v13h8V5H8Z',
  screen: 'M3 4h18a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-7v2h3v2H7v-2h3v-2H3a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Zm1 2v9h16V6H4Z',
}

/** @typedef {keyof typeof PATHS} IconName */

/** @param {IconName} name */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.classList.add('icon')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', PATHS[name])
  svg.append(path)
  return svg
}
