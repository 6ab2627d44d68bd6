import { el, tappable } from './element.js'
import { place } from './flex-placement.js'
import { borderSize, cssRatio, flexEdge, imageSize, space, textSize } from './flex-sizes.js'
import { flexButton, flexText } from './flex-text.js'
import { icon } from './icon.js'
import { picture } from './picture.js'

/** @typedef {import('./contract.js').Component} Component */
/** @typedef {import('./contract.js').Tap} Tap */

/**
 * @param {Component} component
 * @param {Tap} tap
 * @returns {HTMLElement}
 */
export function flexComponent(component, tap) {
  switch (component.type) {
    case 'box':
      return flexBox(component, tap)
    case 'button':
      return actingButton(component, tap)
    case 'text':
      return acting(flexText(component), component, tap)
    case 'image':
      return acting(flexImage(component), component, tap)
    case 'video':
      return flexVideo(component, tap)
    case 'icon':
      return flexIcon(component)
    case 'separator':
      return el('div', { class: 'fx-separator', style: { background: component.color } })
    case 'filler':
      return el('div', { class: 'fx-filler' })
    case 'spacer':
      return el('div', { class: 'fx-filler', style: { minHeight: space(component.size) ?? '8px' } })
    default:
      return el('div', { class: 'fx-unknown', text: `[${component.type}]` })
  }
}

/**
 * @param {Component} component
 * @param {Tap} tap
 */
export function flexBox(component, tap) {
  const layout = component.layout ?? 'vertical'
  const node = el('div', { class: `fx-box fx-${layout}`, style: boxStyle(component) })
  const children = component.contents ?? []
  children.forEach((child, index) => {
    const drawn = flexComponent(child, tap)
    place(drawn, child, { layout, spacing: component.spacing, first: index === 0 })
    node.append(drawn)
  })
  return acting(node, component, tap)
}

/** @param {Component} box */
function boxStyle(box) {
  return {
    background: gradient(box.background) ?? box.backgroundColor,
    borderColor: box.borderColor,
    borderWidth: borderSize(box.borderWidth),
    borderStyle: box.borderWidth && box.borderWidth !== 'none' ? 'solid' : undefined,
    borderRadius: space(box.cornerRadius),
    overflow: box.cornerRadius ? 'hidden' : undefined,
    width: box.width,
    maxWidth: box.maxWidth,
    height: box.height,
    maxHeight: box.maxHeight,
    padding: space(box.paddingAll),
    paddingTop: space(box.paddingTop),
    paddingBottom: space(box.paddingBottom),
    paddingLeft: space(box.paddingStart),
    paddingRight: space(box.paddingEnd),
    justifyContent: flexEdge(box.justifyContent),
    alignItems: flexEdge(box.alignItems),
  }
}

/** @param {Component['background']} background */
function gradient(background) {
  if (background?.type !== 'linearGradient') return undefined
  const center = background.centerColor ? `, ${background.centerColor} ${background.centerPosition ?? '50%'}` : ''
  return `linear-gradient(${background.angle ?? '0deg'}, ${background.startColor}${center}, ${background.endColor})`
}

/**
 * @param {Component} component
 * @param {Tap} tap
 */
function actingButton(component, tap) {
  const { holder, node } = flexButton(component)
  const action = component.action
  if (action) {
    node.addEventListener('click', (event) => {
      event.stopPropagation()
      tap(action)
    })
  }
  return holder
}

/**
 * @template {HTMLElement} T
 * @param {T} node
 * @param {Component} component
 * @param {Tap} tap
 */
function acting(node, component, tap) {
  const action = component.action
  if (action) tappable(node, action.label ?? '', () => tap(action))
  return node
}

/** @param {Component} component */
function flexImage(component) {
  const frame = el('div', {
    class: `fx-image-frame fx-${component.aspectMode ?? 'fit'}`,
    style: {
      width: imageSize(component.size ?? 'md'),
      aspectRatio: cssRatio(component.aspectRatio),
      background: component.backgroundColor,
    },
  })
  frame.append(picture(component.url, ''))
  return el('div', { class: 'fx-image', style: { alignItems: flexEdge(component.align ?? 'center') } }, frame)
}

/** @param {Component} component */
function flexIcon(component) {
  const height = textSize(component.size ?? 'md')
  const [wide = 1, high = 1] = (component.aspectRatio ?? '1:1').split(':').map(Number)
  const frame = el('span', { class: 'fx-icon', style: { height, width: `calc(${height} * ${wide / high})` } })
  frame.append(picture(component.url, ''))
  return frame
}

/**
 * @param {Component} component
 * @param {Tap} tap
 */
function flexVideo(component, tap) {
  const frame = el('div', { class: 'fx-video', style: { aspectRatio: cssRatio(component.aspectRatio) } })
  frame.append(picture(component.previewUrl, ''), icon('play'))
  return acting(frame, component, tap)
}
