"""Values and gradients of every operation by PyTorch, for src/graph/operations/operations.test.ts: see README.md.

Writes golden/operations.safetensors. For case `op/name`: `in.i` (inputs), `out` (value), `seed` (gradient of the loss
in `out`), `grad.i` (gradient of the loss in every input of floats).
"""

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.manual_seed(20)
torch.set_num_threads(1)
tensors: dict[str, torch.Tensor] = {}


def normal(*shape: int) -> torch.Tensor:
    return torch.randn(shape)


def positive(*shape: int) -> torch.Tensor:
    return torch.rand(shape) + 0.5


def away(*shape: int) -> torch.Tensor:
    """Numbers at least 0.3 away from 0, where some functions have a kink."""
    x = torch.randn(shape)
    return x + 0.3 * torch.where(x < 0, -1.0, 1.0)


def distinct(*shape: int) -> torch.Tensor:
    """Numbers that all differ by 0.3 or more."""
    n = math.prod(shape)
    return ((torch.randperm(n) - n / 2) * 0.3).reshape(shape)


def case(name: str, function, *inputs: torch.Tensor) -> None:
    leaves = [x.clone().requires_grad_() if x.is_floating_point() else x for x in inputs]
    out = function(*leaves)
    for i, x in enumerate(inputs):
        tensors[f"{name}/in.{i}"] = x
    tensors[f"{name}/out"] = out.detach()
    if not out.is_floating_point():
        return
    seed = torch.randn_like(out)
    tensors[f"{name}/seed"] = seed
    if out.requires_grad:
        out.backward(seed)
    for i, x in enumerate(leaves):
        if x.is_floating_point():
            tensors[f"{name}/grad.{i}"] = torch.zeros_like(x) if x.grad is None else x.grad


def heads_of(x: torch.Tensor, heads: int) -> torch.Tensor:
    return x.unflatten(2, (heads, -1)).transpose(1, 2)


def attention(q, k, v, heads, bias=None):
    out = F.scaled_dot_product_attention(*(heads_of(x, heads) for x in (q, k, v)), attn_mask=bias)
    return out.transpose(1, 2).flatten(2)


def rotary(x, cosines, sines, heads):
    first, second = heads_of(x, heads).chunk(2, -1)
    turned = torch.cat([first * cosines - second * sines, second * cosines + first * sines], -1)
    return turned.transpose(1, 2).flatten(2)


for name, function, make in [
    ("abs", torch.abs, away),
    ("cos", torch.cos, normal),
    ("erf", torch.erf, normal),
    ("exp", torch.exp, normal),
    ("gelu", F.gelu, normal),
    ("log", torch.log, positive),
    ("neg", torch.neg, normal),
    ("reciprocal", torch.reciprocal, positive),
    ("relu", torch.relu, away),
    ("sigmoid", torch.sigmoid, normal),
    ("sign", torch.sign, away),
    ("silu", F.silu, normal),
    ("sin", torch.sin, normal),
    ("sqrt", torch.sqrt, positive),
    ("tanh", torch.tanh, normal),
]:
    case(f"{name}/plain", function, make(3, 5, 7))
    case(f"{name}/scalar", function, make())

for name, function in [("add", torch.add), ("mul", torch.mul), ("sub", torch.sub)]:
    case(f"{name}/plain", function, normal(3, 5), normal(3, 5))
    case(f"{name}/broadcast", function, normal(4, 1, 7), normal(5, 1))
    case(f"{name}/scalar", function, normal(), normal(2, 3))
case("div/plain", torch.div, normal(3, 5), away(3, 5))
case("div/broadcast", torch.div, normal(5, 1), positive(4, 1, 7))
case("pow/plain", torch.pow, positive(3, 5), normal(3, 5))
case("pow/broadcast", torch.pow, positive(4, 1, 7), normal(5, 1))
for name, function in [("maximum", torch.maximum), ("minimum", torch.minimum)]:
    case(f"{name}/plain", function, distinct(5, 6), distinct(5, 6) + 0.15)
    case(f"{name}/broadcast", function, distinct(4, 1, 5), distinct(3, 1))
for name, function in [("less", torch.lt), ("greater", torch.gt), ("equal", torch.eq)]:
    case(f"{name}/broadcast", function, torch.randint(3, (4, 1, 5)).float(), torch.randint(3, (3, 1)).float())
case("where/plain", torch.where, torch.rand(3, 5) < 0.5, normal(3, 5), normal(3, 5))
case("where/broadcast", torch.where, torch.rand(3, 1, 2) < 0.5, normal(5, 1), normal(4, 1, 1, 2))
case("cast/fromBool", lambda x: x.float() + 0, torch.rand(3, 5) < 0.5)
case("cast/throughHalf", lambda x: x.half().float(), normal(3, 5))

case("reshape/plain", lambda x: x.reshape(5, 6), normal(2, 3, 5))
case("transpose/lastTwo", lambda x: x.transpose(-1, -2), normal(2, 3, 5))
case("transpose/order", lambda x: x.permute(2, 0, 3, 1), normal(2, 3, 5, 4))
case("broadcastTo/plain", lambda x: x.expand(4, 3, 5), normal(3, 1))
case("broadcastTo/scalar", lambda x: x.expand(2, 3), normal())
case("slice/plain", lambda x: x[:, 1:4], normal(3, 5, 2))
case("slice/step", lambda x: x[:, 1:6:2], normal(3, 7, 2))
case("slice/stepToTheEnd", lambda x: x[..., 2:8:3], normal(3, 8))
case("pad/plain", lambda x: F.pad(x, (0, 0, 2, 1)), normal(2, 3, 5))
case("concat/plain", lambda a, b, c: torch.cat([a, b, c], 1), normal(2, 3, 2), normal(2, 1, 2), normal(2, 4, 2))
case("concat/same", lambda a: torch.cat([a, a], 0), normal(2, 3))
case("gather/rows", lambda table, i: table[i], normal(5, 3), torch.randint(5, (2, 4)))
case("gather/flat", lambda table, i: table[i], normal(6), torch.randint(6, (4,)))
case(
    "scatterAdd/rows",
    lambda i, values: torch.zeros(5, 3).index_put((i,), values, accumulate=True),
    torch.randint(5, (4, 3)),
    normal(4, 3, 3),
)

case("sum/all", torch.sum, normal(3, 4, 5))
case("sum/axes", lambda x: x.sum((0, 2)), normal(3, 4, 5))
case("sum/keep", lambda x: x.sum(-1, keepdim=True), normal(3, 4, 5))
case("mean/all", torch.mean, normal(3, 4, 5))
case("mean/axes", lambda x: x.mean((1, 2)), normal(3, 4, 5))
case("max/all", torch.max, distinct(3, 7))
case("max/axis", lambda x: x.amax(1), distinct(3, 4, 5))
case("max/equal", lambda x: x.amax((0, 1)), torch.tensor([[1.0, 2.0, 2.0], [0.0, 2.0, -1.0]]))

case("softmax/plain", lambda x: x.softmax(-1), normal(3, 4, 7))
case("layerNorm/plain", lambda x, w, b: F.layer_norm(x, (7,), w, b), normal(3, 4, 7), normal(7), normal(7))
case("layerNorm/epsilon", lambda x, w, b: F.layer_norm(x, (6,), w, b, 1e-2), normal(5, 6), normal(6), normal(6))
case("rmsNorm/plain", lambda x, w: F.rms_norm(x, (7,), w, 1e-6), normal(3, 4, 7), normal(7))
case("groupNorm/picture", lambda x, w, b: F.group_norm(x, 3, w, b), normal(2, 6, 3, 5), normal(6), normal(6))
case("groupNorm/sequence", lambda x, w, b: F.group_norm(x, 2, w, b, 1e-3), normal(3, 4, 5), normal(4), normal(4))
case("groupNorm/volume", lambda x, w, b: F.group_norm(x, 1, w, b), normal(2, 3, 2, 3, 4), normal(3), normal(3))

case("matmul/plain", torch.matmul, normal(5, 3), normal(3, 7))
case("matmul/rows", torch.matmul, normal(2, 5, 3), normal(3, 7))
case("matmul/batch", torch.matmul, normal(2, 5, 3), normal(2, 3, 4))
case("matmul/broadcast", torch.matmul, normal(2, 1, 5, 3), normal(4, 3, 2))
case("matmul/broadcastLeft", torch.matmul, normal(5, 3), normal(4, 3, 2))

case("conv/line", lambda x, w: F.conv1d(x, w, padding=1), normal(2, 3, 9), normal(4, 3, 3))
case("conv/lineStride", lambda x, w: F.conv1d(x, w, stride=2, padding=1), normal(2, 3, 8), normal(4, 3, 3))
case("conv/picture", lambda x, w: F.conv2d(x, w, padding=1), normal(2, 3, 5, 7), normal(4, 3, 3, 3))
case("conv/noPadding", lambda x, w: F.conv2d(x, w), normal(2, 3, 6, 5), normal(4, 3, 3, 2))
case("conv/stride", lambda x, w: F.conv2d(x, w, stride=(2, 3), padding=(1, 2)), normal(2, 3, 8, 7), normal(4, 3, 3, 5))
case("conv/unevenStride", lambda x, w: F.conv2d(x, w, stride=2), normal(2, 3, 8, 8), normal(4, 3, 3, 3))
case("conv/dilation", lambda x, w: F.conv2d(x, w, dilation=(2, 1), padding=(2, 1)), normal(2, 3, 6, 5), normal(4, 3, 3, 3))
case("conv/dilatedStride", lambda x, w: F.conv2d(x, w, stride=2, dilation=2, padding=1), normal(2, 2, 9, 8), normal(3, 2, 3, 3))
case("conv/widePadding", lambda x, w: F.conv2d(x, w, padding=2), normal(2, 3, 4, 4), normal(4, 3, 2, 2))
case("conv/groups", lambda x, w: F.conv2d(x, w, padding=1, groups=2), normal(2, 4, 5, 6), normal(6, 2, 3, 3))
case("conv/depthwise", lambda x, w: F.conv2d(x, w, padding=1, stride=2, groups=4), normal(2, 4, 5, 6), normal(4, 1, 3, 3))
case("conv/pointwise", lambda x, w: F.conv2d(x, w), normal(2, 3, 4, 5), normal(6, 3, 1, 1))
case("conv/patches", lambda x, w: F.conv2d(x, w, stride=2), normal(2, 3, 4, 6), normal(5, 3, 2, 2))
case("conv/volume", lambda x, w: F.conv3d(x, w, padding=1), normal(2, 3, 4, 3, 5), normal(4, 3, 3, 3, 3))
case("conv/volumeStride", lambda x, w: F.conv3d(x, w, stride=(2, 1, 2), padding=(1, 0, 1)), normal(2, 2, 5, 4, 4), normal(3, 2, 3, 2, 3))
case("conv/volumeGroups", lambda x, w: F.conv3d(x, w, padding=(1, 0, 0), dilation=(2, 1, 1), groups=2), normal(1, 4, 4, 3, 3), normal(4, 2, 2, 2, 2))
case("conv/volumePointwise", lambda x, w: F.conv3d(x, w), normal(2, 3, 2, 3, 2), normal(4, 3, 1, 1, 1))
case("convTranspose/line", lambda x, w: F.conv_transpose1d(x, w, stride=2, padding=1), normal(2, 3, 5), normal(3, 4, 4))
case("convTranspose/picture", lambda x, w: F.conv_transpose2d(x, w, stride=2, padding=1, output_padding=1), normal(2, 3, 4, 5), normal(3, 4, 3, 3))
case("convTranspose/groups", lambda x, w: F.conv_transpose2d(x, w, groups=2), normal(2, 4, 3, 4), normal(4, 3, 3, 2))
case("convTranspose/dilation", lambda x, w: F.conv_transpose2d(x, w, padding=1, dilation=2), normal(2, 3, 4, 4), normal(3, 2, 3, 3))
case("convTranspose/volume", lambda x, w: F.conv_transpose3d(x, w, stride=(1, 2, 2)), normal(1, 3, 2, 3, 2), normal(3, 2, 2, 2, 3))

case("upsampleNearest/twice", lambda x: F.interpolate(x, scale_factor=2), normal(2, 3, 3, 4))
case("upsampleNearest/thrice", lambda x: F.interpolate(x, scale_factor=3), normal(1, 2, 3, 5))
case("pixelShuffle/twice", lambda x: F.pixel_shuffle(x, 2), normal(2, 12, 3, 2))
case("pixelShuffle/thrice", lambda x: F.pixel_shuffle(x, 3), normal(2, 18, 2, 3))
case("pixelUnshuffle/twice", lambda x: F.pixel_unshuffle(x, 2), normal(2, 3, 6, 4))
case("pixelUnshuffle/thrice", lambda x: F.pixel_unshuffle(x, 3), normal(2, 2, 6, 9))

case("attention/self", lambda q, k, v: attention(q, k, v, 2), normal(2, 5, 8), normal(2, 5, 8), normal(2, 5, 8))
case("attention/cross", lambda q, k, v: attention(q, k, v, 3), normal(2, 5, 12), normal(2, 3, 12), normal(2, 3, 12))
case("attention/bias", lambda q, k, v, b: attention(q, k, v, 2, b), normal(2, 5, 8), normal(2, 3, 8), normal(2, 3, 8), normal(2, 2, 5, 3))
case("attention/headBias", lambda q, k, v, b: attention(q, k, v, 2, b), normal(2, 5, 8), normal(2, 3, 8), normal(2, 3, 8), normal(1, 2, 5, 3))
case("attention/keyBias", lambda q, k, v, b: attention(q, k, v, 2, b), normal(2, 4, 8), normal(2, 3, 8), normal(2, 3, 8), normal(2, 1, 1, 3))
case("attention/wideValues", lambda q, k, v: attention(q, k, v, 2), normal(2, 4, 8), normal(2, 3, 8), normal(2, 3, 12))
angles = torch.outer(torch.arange(5.0), 10.0 ** -torch.arange(3.0))
case("rotary/plain", lambda x, c, s: rotary(x, c.detach(), s.detach(), 2), normal(2, 5, 12), angles.cos(), angles.sin())


def lstm(x, hidden, cell, w_input, b_input, w_hidden):
    module = torch.nn.LSTMCell(4, 3)
    parameters = {"weight_ih": w_input, "bias_ih": b_input, "weight_hh": w_hidden, "bias_hh": torch.zeros(12)}
    return torch.cat(torch.func.functional_call(module, parameters, (x, (hidden, cell))), 1)


def open_gate(bias: torch.Tensor) -> torch.Tensor:
    """Our LSTM adds 1 to the forget gate."""
    return bias + torch.cat([torch.zeros(3), torch.ones(3), torch.zeros(6)])


case(
    "lstmStep/plain",
    lambda x, h, c, wi, bi, wh: lstm(x, h, c, wi, open_gate(bi), wh),
    *(normal(2, 4), normal(2, 3), normal(2, 3), normal(12, 4), normal(12), normal(12, 3)),
)


def orthogonalise(matrix: torch.Tensor) -> torch.Tensor:
    """Muon's iteration as published by its author, in 32 bits: github.com/KellerJordan/Muon, muon.py."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix.mT if matrix.size(0) > matrix.size(1) else matrix
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if matrix.size(0) > matrix.size(1) else x


case("orthogonalise/wide", orthogonalise, normal(4, 7))
case("orthogonalise/tall", orthogonalise, normal(9, 5))


def rotary_neighbours(x, cosines, sines, heads):
    even, odd = (heads_of(x, heads)[..., i::2] for i in (0, 1))
    turned = torch.stack([even * cosines - odd * sines, odd * cosines + even * sines], -1).flatten(-2)
    return turned.transpose(1, 2).flatten(2)


case(
    "rotary/neighbours",
    lambda x, c, s: rotary_neighbours(x, c.detach(), s.detach(), 2),
    normal(2, 5, 12),
    angles.cos(),
    angles.sin(),
)


def int8_product(x, weights, scales):
    """x·(weights·scales) with each row of x rounded to 8 bits; its gradient is the one without the rounding."""
    step = x.detach().abs().amax(-1, keepdim=True) / 127
    rounded = (x.detach() / step.clamp_min(1e-30)).round().clamp(-127, 127) * step
    return (x + (rounded - x).detach()) @ (weights.float() * scales)


def off_ties(*shape: int) -> torch.Tensor:
    """Normal numbers that no other order of operations rounds to another 127th of their row's largest; one row is zeros."""
    x = torch.randn(shape)
    x.view(-1, shape[-1])[1] = 0
    step = x.abs().amax(-1, keepdim=True).clamp_min(1e-30) / 127
    steps = x / step
    return torch.where((steps - steps.floor() - 0.5).abs() < 0.01, steps.floor() * step, x)


for name, shape in [("rows", (5, 16)), ("batch", (2, 3, 16))]:
    weights = torch.randint(-127, 128, (16, 7), dtype=torch.int8)
    case(f"int8Product/{name}", int8_product, off_ties(*shape), weights, positive(7) / 127)


def optimiser_steps() -> None:
    """Six steps of clipping, torch.optim.AdamW and a moving average: a matrix that decays, a vector that does not."""
    torch.manual_seed(21)
    weights = {"matrix": normal(4, 3), "vector": normal(5)}
    for name, value in weights.items():
        tensors[f"adamw/start.{name}"] = value.clone()
    params = {name: value.clone().requires_grad_() for name, value in weights.items()}
    averages = {name: value.clone() for name, value in weights.items()}
    optimiser = torch.optim.AdamW(
        [
            {"params": [params["matrix"]], "weight_decay": 0.1},
            {"params": [params["vector"]], "weight_decay": 0.0},
        ],
        lr=0.02,
        betas=(0.9, 0.98),
        eps=1e-8,
    )
    steps = 6
    # The fourth step's gradients are as small as epsilon: there its place in the formula shows.
    scales = [3.0, 1.0, 0.01, 1e-8, 0.1, 1.0]
    for step in range(steps):
        for name, p in params.items():
            p.grad = torch.randn_like(p) * scales[step]
            tensors[f"adamw/gradient.{step}.{name}"] = p.grad.clone()
        norm = torch.nn.utils.clip_grad_norm_(params.values(), 1.0)
        tensors[f"adamw/norm.{step}"] = norm
        rate_scale = min(1.0, (step + 1) / 3)
        for group in optimiser.param_groups:
            group["lr"] = 0.02 * rate_scale
        optimiser.step()
        for name, p in params.items():
            averages[name].lerp_(p.detach(), 0.3)
            tensors[f"adamw/weight.{step}.{name}"] = p.detach().clone()
            tensors[f"adamw/average.{step}.{name}"] = averages[name].clone()
    # Gradients that are no larger than epsilon from the first step on.
    small = normal(5).requires_grad_()
    tensors["adamwSmall/start"] = small.detach().clone()
    optimiser = torch.optim.AdamW([small], lr=0.02, betas=(0.9, 0.98), eps=1e-8, weight_decay=0.0)
    for step in range(3):
        small.grad = normal(5) * 1e-8
        tensors[f"adamwSmall/gradient.{step}"] = small.grad.clone()
        optimiser.step()
        tensors[f"adamwSmall/weight.{step}"] = small.detach().clone()


optimiser_steps()
target = Path(__file__).parent / "golden" / "operations.safetensors"
metadata = {"source": "reference/golden_operations.py", "torch": torch.__version__.split("+")[0]}
save_file({name: value.detach().contiguous().clone() for name, value in tensors.items()}, target, metadata)
print(f"{len(tensors)} tensors, {target.stat().st_size} bytes")
