import { add } from './operations/elementwise.ts'
import { zeros } from './operations/layout.ts'
import { constant, type Node, shapeError, showShape, type Tensor } from './tensor.ts'

/**
 * Reverse-mode differentiation: the gradient of a scalar loss in each of the given tensors, as more of the program.
 * A tensor that the loss does not depend on has a gradient of zeros.
 * @throws FramewrightError E_SHAPE when the loss is not a scalar.
 */
export function gradient(loss: Tensor, targets: readonly Tensor[]): Tensor[] {
  if (loss.rank !== 0) throw shapeError('gradient', `the loss is a scalar, got ${showShape(loss.shape)}`)
  const order = nodesBefore([loss])
  const wanted = nodesThatLeadTo(order, targets)
  const gradients = new Map<Tensor, Tensor>([[loss, constant([1], [])]])
  for (const node of order.reverse()) {
    if (!wanted.has(node)) continue
    const outer = node.outputs.map((tensor) => gradients.get(tensor) ?? null)
    if (outer.every((g) => g === null)) continue
    const inner = node.operation.gradient(node, outer)
    for (const [i, tensor] of node.inputs.entries()) {
      const g = inner[i]
      if (!g || !wanted.has(tensor.node)) continue
      const before = gradients.get(tensor)
      gradients.set(tensor, before ? add(before, g) : g)
    }
  }
  return targets.map((target) => gradients.get(target) ?? zeros(target.shape))
}

/** The nodes that tensors are computed by, every node after its inputs' nodes. */
export function nodesBefore(tensors: readonly Tensor[]): Node[] {
  const seen = new Set<Node>()
  const order: Node[] = []
  // An explicit stack: programs are deeper than the call stack.
  const stack: { node: Node; next: number }[] = []
  const push = (node: Node) => {
    if (seen.has(node)) return
    seen.add(node)
    stack.push({ node, next: 0 })
  }
  for (const tensor of tensors) {
    push(tensor.node)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const input = top.node.inputs[top.next++]
      if (input) push(input.node)
      else {
        order.push(top.node)
        stack.pop()
      }
    }
  }
  return order
}

/** Nodes whose value depends on one of the targets: the others need no gradient. */
function nodesThatLeadTo(order: readonly Node[], targets: readonly Tensor[]): Set<Node> {
  const wanted = new Set<Node>(targets.map((target) => target.node))
  for (const node of order) if (node.inputs.some((tensor) => wanted.has(tensor.node))) wanted.add(node)
  return wanted
}
