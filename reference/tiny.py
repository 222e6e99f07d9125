"""Networks of the reference implementation with tiny widths and random weights, and files of what comes out of them."""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file

GOLDEN = Path(__file__).parent / "golden"
# A golden file is committed: it stays small.
MAX_BYTES = 300_000


def randomise(model: torch.nn.Module, seed: int) -> torch.nn.Module:
    """Every weight is drawn, also those that start at 0 or 1 by custom: a gain left out would not show otherwise."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            noise = torch.randn(weight.shape, generator=generator)
            if weight.numel() == max(weight.shape, default=1):
                is_gain = name.endswith(("norm.weight", "gamma", "norm1.weight", "norm2.weight")) or "norm_" in name
                weight.copy_(1 + 0.3 * noise if is_gain and not name.endswith("bias") else 0.2 * noise)
            else:
                weight.copy_(noise / weight[0].numel() ** 0.5)
    return model.eval()


def picture(seed: int, height: int, width: int) -> Image.Image:
    """Waves of all lengths, with hard edges and noise."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    waves = [np.sin(x * random.uniform(0.05, 2) + y * random.uniform(0.05, 2) + i) for i in range(3)]
    film = np.stack(waves, -1) * 90 + 128 + random.normal(0, 30, (height, width, 3))
    film[height // 3 : height // 2, width // 4 : width // 2] = random.integers(0, 256, 3)
    return Image.fromarray(film.clip(0, 255).astype(np.uint8))


def array(image: Image.Image) -> torch.Tensor:
    # Whole numbers to 2048 are exact in 16 bits.
    return torch.from_numpy(np.array(image)).to(torch.float16)


def write_golden(name: str, tensors: dict[str, torch.Tensor], configs: dict[str, object], *packages: str) -> None:
    """Writes golden/<name>.safetensors; its metadata say which program and versions made it, and with what configs."""
    metadata = {"source": f"reference/golden_{name.replace('-', '_')}.py", "configs": json.dumps(configs)}
    for package in ("torch", *packages):
        metadata[package] = version(package).split("+")[0]
    path = GOLDEN / f"{name}.safetensors"
    save_file({key: value.detach().contiguous().clone() for key, value in tensors.items()}, path, metadata)
    size = path.stat().st_size
    print(f"{path.name}: {len(tensors)} tensors, {size} bytes")
    if size > MAX_BYTES:
        raise SystemExit(f"more than {MAX_BYTES} bytes")
