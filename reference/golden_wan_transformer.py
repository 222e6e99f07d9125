"""Outputs of tiny WanTransformer3DModels, for src/models/wan/transformer.test.ts: see README.md.

Writes golden/wan-transformer.safetensors. For network `n`: `n/weights/…` under published names; for case `c` of it:
`n/c/x` (noisy latents, with what an image-to-video network is given beside them), `n/c/time`, `n/c/text`,
`n/c/image` (features of the first picture, where the network takes them) and `n/c/out`.
"""

import torch
from diffusers import WanTransformer3DModel

from tiny import randomise, write_golden

torch.set_num_threads(1)
NETWORKS = {
    # Of a head of 14, as of one of 128, the height's and the width's share is smaller than time's.
    "text": dict(
        patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=14, in_channels=4, out_channels=4,
        text_dim=10, freq_dim=16, ffn_dim=34, num_layers=2, cross_attn_norm=True, eps=1e-6, rope_max_seq_len=32,
    ),
    "odd": dict(
        patch_size=(1, 2, 2), num_attention_heads=3, attention_head_dim=10, in_channels=3, out_channels=3,
        text_dim=7, freq_dim=12, ffn_dim=26, num_layers=1, cross_attn_norm=True, eps=1e-5, rope_max_seq_len=64,
    ),
    # As Wan2.1-I2V: latents, 4 masks and the first picture's latents go in; features of the picture beside the text.
    "image": dict(
        patch_size=(1, 2, 2), num_attention_heads=1, attention_head_dim=14, in_channels=12, out_channels=4,
        text_dim=10, freq_dim=16, ffn_dim=32, num_layers=2, cross_attn_norm=True, eps=1e-6, rope_max_seq_len=32,
        image_dim=9, added_kv_proj_dim=14,
    ),
    # With learned positions for the features of a first and a last picture, as Wan2.1-FLF2V.
    "ends": dict(
        patch_size=(1, 2, 2), num_attention_heads=1, attention_head_dim=14, in_channels=12, out_channels=4,
        text_dim=10, freq_dim=16, ffn_dim=20, num_layers=1, cross_attn_norm=True, eps=1e-6, rope_max_seq_len=32,
        image_dim=9, added_kv_proj_dim=14, pos_embed_seq_len=10,
    ),
}  # fmt: skip

# Batch, frames, height and width of the latents, tokens of text, time.
CASES = {
    "text": {"small": (1, 1, 4, 6, 3, 999), "film": (1, 3, 6, 10, 12, 517), "pair": (2, 3, 2, 8, 7, 1)},
    "odd": {"tall": (1, 2, 14, 2, 5, 250), "wide": (2, 3, 2, 22, 1, 833.3333)},
    "image": {"film": (1, 3, 4, 6, 512, 700)},
    "ends": {"film": (1, 2, 4, 6, 512, 43)},
}
PICTURE_TOKENS = 5

tensors: dict[str, torch.Tensor] = {}
for seed, (name, config) in enumerate(NETWORKS.items()):
    model = randomise(WanTransformer3DModel(**config), seed)
    for key, value in model.state_dict().items():
        tensors[f"{name}/weights/{key}"] = value
    generator = torch.Generator().manual_seed(200 + seed)
    for case, (batch, frames, height, width, tokens, time) in CASES[name].items():
        x = torch.randn(batch, config["in_channels"], frames, height, width, generator=generator)
        text = torch.randn(batch, tokens, config["text_dim"], generator=generator)
        times = torch.full((batch,), float(time))
        inputs = {"hidden_states": x, "timestep": times, "encoder_hidden_states": text}
        if "image_dim" in config:
            pictures = batch * (2 if name == "ends" else 1)
            image = torch.randn(pictures, PICTURE_TOKENS, config["image_dim"], generator=generator)
            inputs["encoder_hidden_states_image"] = image
            tensors[f"{name}/{case}/image"] = image
            # Text is padded with zeros after its own tokens, as the pipeline does: the file stays small.
            text[:, 6:] = 0
        with torch.inference_mode():
            out = model(**inputs, return_dict=False)[0]
        tensors |= {f"{name}/{case}/x": x, f"{name}/{case}/time": times, f"{name}/{case}/out": out}
        tensors[f"{name}/{case}/text"] = text[:, : min(tokens, 6)] if "image_dim" in config else text

configs = {name: {"_class_name": "WanTransformer3DModel", **config} for name, config in NETWORKS.items()}
write_golden("wan-transformer", tensors, configs, "diffusers")
