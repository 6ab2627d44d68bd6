import { el } from './element.js'
import { icon } from './icon.js'

/**
 * A picture of this page's own server, or a tile in its place: the page calls no other host.
 * @param {string | undefined} url
 * @param {string} label
 */
export function picture(url, label) {
  const own = url !== undefined && (url.startsWith('/') || url.startsWith('data:') || url.startsWith(location.origin))
  if (!own) return tile(url, label)
  const image = el('img', { class: 'picture', attrs: { src: url, alt: label } })
  image.addEventListener('error', () => image.replaceWith(tile(url, label)), { once: true })
  return image
}

/**
 * @param {string | undefined} url
 * @param {string} label
 */
function tile(url, label) {
  return el(
    'span',
    { class: 'picture picture-tile', attrs: { role: 'img', 'aria-label': label, title: url } },
    icon('picture'),
    el('span', { class: 'picture-name', text: fileName(url) }),
  )
}

/** @param {string | undefined} url */
function fileName(url) {
  return (url ?? '').split(/[?#]/)[0]?.split('/').pop() ?? ''
}
