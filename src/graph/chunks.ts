import { at, type Node, output, type Shape, sizeOf, type Tensor } from './tensor.ts'

/** Elementwise nodes that are computed together, one item of their first dimension after another. */
export interface Chunk {
  readonly nodes: readonly Node[]
}

/** Smaller tensors stay in cache by themselves. */
const smallestSize = 2 ** 20
/** Fewer items are too large for the cache, smaller ones not worth a node's start, a few microseconds. */
const fewestItems = 8
const smallestItem = 2 ** 16

/**
 * Gathers elementwise nodes on large tensors into chunks: what lies between two of them stays in cache instead of
 * going through memory. A chunk stands where its first node stood, so that a node joins one only where everything else
 * that it reads was computed before that.
 * @param order nodes, every one after its inputs' nodes
 */
export function inChunks(order: readonly Node[]): (Node | Chunk)[] {
  const places = new Map<Node, number>()
  const groups = new Map<number, Node[]>()
  for (const [i, node] of order.entries()) {
    const latest = Math.max(-1, ...node.inputs.map((tensor) => places.get(tensor.node) ?? -1))
    const group = groups.get(latest)
    const joins = group !== undefined && fitsInto(node, group, places, latest)
    // Leaves are there from the beginning.
    places.set(node, node.inputs.length === 0 ? -1 : joins ? latest : i)
    if (joins) group.push(node)
    else groups.set(i, [node])
  }
  return [...groups.values()].map((nodes) => (nodes.length > 1 ? { nodes } : at(nodes, 0)))
}

function fitsInto(
  node: Node,
  group: readonly Node[],
  places: ReadonlyMap<Node, number>,
  place: number,
): boolean {
  const items = itemsOf(node)
  if (items === null || items !== itemsOf(at(group, 0))) return false
  return node.inputs.every((tensor) => places.get(tensor.node) !== place || isByItem(tensor, node))
}

/** How many items a node can be computed in, each from the same item of its large inputs; null where it cannot. */
function itemsOf(node: Node): number | null {
  if (node.operation.elementwise !== true) return null
  const { shape } = output(node, 0)
  const items = shape[0] ?? 0
  if (shape.length < 2 || items < fewestItems) return null
  if (sizeOf(shape) < Math.max(smallestSize, items * smallestItem)) return null
  const fits = node.inputs.every(({ shape: s }) => s.length < shape.length || s[0] === items)
  return fits ? items : null
}

/** Whether an input is read an item at a time; one of fewer dimensions is read whole for every item. */
export const isByItem = (tensor: Tensor, node: Node): boolean => tensor.rank === output(node, 0).rank

export const itemShape = (shape: Shape): Shape => shape.slice(1)
