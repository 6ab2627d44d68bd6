import { setStyle } from './element.js'
import { flexEdge, space } from './flex-sizes.js'

/** @typedef {import('./contract.js').Component} Component */

/**
 * How much of its parent a component takes: children of horizontal and baseline boxes share the width evenly unless
 * they say otherwise, children of vertical boxes are as high as they need to be.
 * @param {Component} component
 * @param {string} layout of the parent
 */
function share(component, layout) {
  if (layout === 'vertical') {
    const grow = component.flex ?? (component.type === 'filler' ? 1 : 0)
    return `${grow} 0 auto`
  }
  const fixed = component.type === 'icon' || component.type === 'separator' || component.width !== undefined
  const grow = component.flex ?? (fixed ? 0 : 1)
  return grow === 0 ? '0 0 auto' : `${grow} 1 0`
}

/**
 * Puts a drawn component into its place in the parent box.
 * @param {HTMLElement} node
 * @param {Component} component
 * @param {{ layout: string, spacing: string | undefined, first: boolean }} parent
 */
export function place(node, component, parent) {
  const gap = parent.first ? undefined : space(component.margin ?? parent.spacing)
  const along = parent.layout === 'vertical' ? 'marginTop' : 'marginLeft'
  setStyle(node, { flex: share(component, parent.layout), [along]: gap })
  if (component.position === 'absolute') setStyle(node, { position: 'absolute', margin: '0' })
  setStyle(node, {
    top: space(component.offsetTop),
    bottom: space(component.offsetBottom),
    left: space(component.offsetStart),
    right: space(component.offsetEnd),
  })
  if (component.gravity && component.type !== 'box') node.style.justifyContent = flexEdge(component.gravity) ?? ''
}
