"""Pictures on their way into Wan's image-to-video networks: for src/models/clip-vision.test.ts, src/video/pillow-resize.test.ts
and src/pipeline/wan/picture.test.ts, see README.md.

Writes golden/wan-image.safetensors. For network `n` of CLIP: `n/weights/…` under published names, `n/pixels` and `n/out`
(hidden_states[-2]). For resizing `r` by Pillow: `resize/r/from` and `resize/r/to`, [H, W, 3] of 0…255. For preparation `p`
by CLIPImageProcessor: `prepare/p/from` and `prepare/p/to`, [3, S, S].
"""

import torch
from PIL import Image
from transformers import CLIPImageProcessorPil, CLIPVisionConfig, CLIPVisionModel

from tiny import array, picture, randomise, write_golden

torch.set_num_threads(1)

NETWORKS = {
    # As Wan2.1-I2V's ViT-H/14: plain GELU.
    "vit-h": dict(
        hidden_size=12, intermediate_size=26, num_hidden_layers=4, num_attention_heads=2, image_size=12, patch_size=4,
        hidden_act="gelu", layer_norm_eps=1e-5, projection_dim=8,
    ),
    # As OpenAI's: a cheaper GELU, and here a picture that is not made of whole patches.
    "openai": dict(
        hidden_size=15, intermediate_size=10, num_hidden_layers=2, num_attention_heads=3, image_size=17, patch_size=5,
        hidden_act="quick_gelu", layer_norm_eps=1e-4, projection_dim=8,
    ),
}  # fmt: skip

tensors: dict[str, torch.Tensor] = {}
for seed, (name, config) in enumerate(NETWORKS.items()):
    model = randomise(CLIPVisionModel(CLIPVisionConfig(**config)), 80 + seed)
    pixels = torch.randn(
        2, 3, config["image_size"], config["image_size"], generator=torch.Generator().manual_seed(90 + seed)
    )
    with torch.inference_mode():
        out = model(pixels, output_hidden_states=True).hidden_states[-2]
    # Published files were saved when the model had one more level.
    tensors |= {f"{name}/weights/vision_model.{key}": value for key, value in model.state_dict().items()}
    tensors |= {f"{name}/pixels": pixels, f"{name}/out": out}


# Height and width before and after, and the filter.
RESIZES = {
    "smaller": (37, 53, 16, 32, Image.Resampling.LANCZOS),
    "larger": (11, 9, 30, 41, Image.Resampling.LANCZOS),
    "mixed": (40, 13, 17, 29, Image.Resampling.BICUBIC),
    "one-way": (24, 31, 24, 12, Image.Resampling.BICUBIC),
    "far": (64, 90, 3, 2, Image.Resampling.LANCZOS),
}
for seed, (name, (height, width, to_height, to_width, resample)) in enumerate(RESIZES.items()):
    image = picture(seed, height, width)
    resized = image.resize((to_width, to_height), resample=resample)
    tensors |= {f"resize/{name}/from": array(image), f"resize/{name}/to": array(resized)}

PREPARATIONS = {
    "wide": (21, 50, dict(size={"shortest_edge": 12}, crop_size={"height": 12, "width": 12})),
    "tall": (50, 21, dict(size={"shortest_edge": 15}, crop_size={"height": 12, "width": 12})),
    "square": (33, 20, dict(size={"height": 12, "width": 12}, do_center_crop=False, resample=2)),
}
configs: dict[str, object] = {name: {"model_type": "clip_vision_model", **config} for name, config in NETWORKS.items()}
for seed, (name, (height, width, options)) in enumerate(PREPARATIONS.items()):
    processor = CLIPImageProcessorPil(**options)
    image = picture(20 + seed, height, width)
    pixels = processor(images=image, return_tensors="pt").pixel_values[0]
    tensors |= {f"prepare/{name}/from": array(image), f"prepare/{name}/to": pixels}
    configs[f"prepare/{name}"] = processor.to_dict()
configs["resize"] = {name: case[4].name.lower() for name, case in RESIZES.items()}

write_golden("wan-image", tensors, configs, "transformers", "pillow")
