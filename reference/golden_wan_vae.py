"""Videos through tiny AutoencoderKLWans, for src/models/wan/vae.test.ts: see README.md.

Writes golden/wan-vae.safetensors. For network `n`: `n/weights/…` under published names; for case `c` of it:
`n/c/frames` (in -1…1), `n/c/mean` (the posterior's), `n/c/latents` (other ones) and `n/c/decoded`. The case `tiled` is
encoded and decoded in tiles, whose size and stride are in the configs.
"""

import torch
from diffusers import AutoencoderKLWan

from tiny import randomise, write_golden

torch.set_num_threads(1)
NETWORKS = {
    # Three times down in space, twice in time, as published.
    "published": dict(
        base_dim=2, z_dim=3, dim_mult=[1, 2, 2, 2], num_res_blocks=1, temperal_downsample=[False, True, True],
        latents_mean=[0.1, -0.4, 0.7], latents_std=[1.5, 0.8, 2.1],
    ),
    "other": dict(
        base_dim=2, z_dim=2, dim_mult=[1, 1, 2], num_res_blocks=2, temperal_downsample=[True, True],
        latents_mean=[0.0, 1.0], latents_std=[1.0, 0.5], scale_factor_spatial=4,
    ),
}  # fmt: skip

# Frames, height, width; tiles of this size, begun at every so many pixels.
CASES = {
    "published": {
        "picture": (1, 8, 16, None, None),
        "film": (9, 8, 16, None, None),
        "tiled": (5, 24, 32, 16, 8),
    },
    "other": {"film": (9, 8, 4, None, None)},
}


tensors: dict[str, torch.Tensor] = {}
configs: dict[str, object] = {}
for seed, (name, config) in enumerate(NETWORKS.items()):
    model = randomise(AutoencoderKLWan(**config), seed)
    configs[name] = {**dict(model.config), "_class_name": "AutoencoderKLWan"}
    for key, value in model.state_dict().items():
        tensors[f"{name}/weights/{key}"] = value
    generator = torch.Generator().manual_seed(300 + seed)
    scale = model.spatial_compression_ratio
    for case, (frames, height, width, size, stride) in CASES[name].items():
        model.use_tiling = False
        if size:
            model.enable_tiling(size, size, stride, stride)
            configs[name]["tiles"] = [size, stride]
        video = torch.rand(1, 3, frames, height, width, generator=generator) * 2 - 1
        shape = (1, config["z_dim"], 1 + (frames - 1) // 4, height // scale, width // scale)
        latents = torch.randn(shape, generator=generator)
        with torch.inference_mode():
            mean = model.encode(video).latent_dist.mode()
            decoded = model.decode(latents, return_dict=False)[0]
        for key, value in (("frames", video), ("mean", mean), ("latents", latents), ("decoded", decoded)):
            tensors[f"{name}/{case}/{key}"] = value

write_golden("wan-vae", tensors, configs, "diffusers")
