"""Tiny WanImageToVideoPipelines, and what comes out of them: for src/pipeline/wan/picture*.test.ts, see README.md.

Writes golden/wan-tiny-i2v/ (one picture) and golden/wan-tiny-ends/ (a first and a last one): what of them is not in
golden/wan-tiny/ already, in its published layout; and golden/wan-image-pipeline.safetensors. For case `c`: `c/image` and
`c/last` [H, W, 3] of 0…255, `c/noise`, `c/condition` (what the transformer is given beside the latents), `c/features`
(of the pictures), `c/latents` (after the last step) and `c/frames` [F, H, W, 3] in 0…1.
"""

import shutil

import torch
from diffusers import AutoencoderKLWan, FlowMatchEulerDiscreteScheduler, UniPCMultistepScheduler
from diffusers import WanImageToVideoPipeline, WanTransformer3DModel
from transformers import AutoTokenizer, CLIPImageProcessorPil, CLIPVisionConfig, CLIPVisionModel, UMT5EncoderModel

from tiny import GOLDEN, array, picture, randomise, write_golden

torch.set_num_threads(1)
TINY = GOLDEN / "wan-tiny"

tokenizer = AutoTokenizer.from_pretrained(TINY / "tokenizer")
text_encoder = UMT5EncoderModel.from_pretrained(TINY / "text_encoder")
vae = AutoencoderKLWan.from_pretrained(TINY / "vae")
image_encoder = randomise(
    CLIPVisionModel(
        CLIPVisionConfig(
            hidden_size=10, intermediate_size=18, num_hidden_layers=3, num_attention_heads=2, image_size=12,
            patch_size=4, hidden_act="gelu", projection_dim=8,
        )
    ),
    50,
)  # fmt: skip
processor = CLIPImageProcessorPil(size={"shortest_edge": 12}, crop_size={"height": 12, "width": 12})
PICTURE_TOKENS = 10


def pipeline(positions: int | None, seed: int) -> WanImageToVideoPipeline:
    transformer = WanTransformer3DModel(
        patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=14, in_channels=36, out_channels=16,
        text_dim=12, freq_dim=16, ffn_dim=40, num_layers=2, cross_attn_norm=True, eps=1e-6, rope_max_seq_len=32,
        image_dim=10, added_kv_proj_dim=28, pos_embed_seq_len=positions,
    )  # fmt: skip
    unipc = UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, num_train_timesteps=1000, flow_shift=3.0
    )
    pipe = WanImageToVideoPipeline(
        tokenizer, text_encoder, vae, unipc, processor, image_encoder, randomise(transformer, seed)
    )
    pipe.set_progress_bar_config(disable=True)
    return pipe


def save(pipe: WanImageToVideoPipeline, name: str) -> None:
    folder = GOLDEN / name
    shutil.rmtree(folder, ignore_errors=True)
    pipe.save_pretrained(folder, max_shard_size="60KB")
    # These are golden/wan-tiny's.
    for part in ("text_encoder", "tokenizer", "vae"):
        shutil.rmtree(folder / part)


pipes = {"wan-tiny-i2v": pipeline(None, 51), "wan-tiny-ends": pipeline(2 * PICTURE_TOKENS, 52)}
for name, pipe in pipes.items():
    save(pipe, name)

# Pipeline, sizes of the pictures, scheduler, height, width, frames, guidance, prompt, negative prompt.
CASES = {
    "published": ("wan-tiny-i2v", [(32, 64)], "unipc", 16, 32, 9, 5.0, "A red fox runs through the snow.", "blurred"),
    "plain": ("wan-tiny-i2v", [(50, 21)], "euler", 32, 16, 5, 1.0, "two dogs dance", ""),
    "still": ("wan-tiny-i2v", [(16, 16)], "unipc", 16, 16, 1, 3.5, "Ein Haus am Meer, 日本", ""),
    "ends": ("wan-tiny-ends", [(20, 40), (33, 17)], "unipc", 16, 32, 9, 4.0, "the sun goes down", "dark"),
}
STEPS = 6

tensors: dict[str, torch.Tensor] = {}
settings: dict[str, object] = {}
for seed, (name, case) in enumerate(CASES.items()):
    model, sizes, scheduler, height, width, frames, guidance, prompt, negative = case
    pipe = pipes[model]
    if scheduler == "euler":
        pipe.scheduler = FlowMatchEulerDiscreteScheduler(shift=3.0)
    else:
        pipe.scheduler = UniPCMultistepScheduler.from_config(pipes["wan-tiny-ends"].scheduler.config)
    images = [picture(40 + 2 * seed + i, *size) for i, size in enumerate(sizes)]
    last = images[1] if len(images) > 1 else None
    noise = torch.randn(
        (1, 16, (frames - 1) // 4 + 1, height // 8, width // 8), generator=torch.Generator().manual_seed(70 + seed)
    )
    common = dict(
        image=images[0], last_image=last, prompt=prompt, negative_prompt=negative, height=height, width=width,
        num_frames=frames, num_inference_steps=STEPS, guidance_scale=guidance, latents=noise,
    )  # fmt: skip
    latents = pipe(**common, output_type="latent").frames
    film = pipe(**common, output_type="pt").frames[0]
    with torch.no_grad():
        features = pipe.encode_image(images if last is not None else images[0])
        prepared = [
            pipe.video_processor.preprocess(image, height=height, width=width).to(torch.float32) for image in images
        ]
        _, condition = pipe.prepare_latents(
            prepared[0], 1, 16, height, width, frames, torch.float32, torch.device("cpu"), None, noise,
            prepared[1] if last is not None else None,
        )  # fmt: skip
    cut_off = ((film == 0) | (film == 1)).float().mean().item()
    print(f"{name}: latents to {latents.abs().max():.2f}, {cut_off:.0%} of the numbers in the frames are cut off")
    tensors |= {f"{name}/image": array(images[0]), f"{name}/noise": noise, f"{name}/condition": condition}
    tensors |= {f"{name}/features": features, f"{name}/latents": latents, f"{name}/frames": film.permute(0, 2, 3, 1)}
    if last is not None:
        tensors[f"{name}/last"] = array(last)
    settings[name] = {
        "model": model, "sampler": scheduler, "height": height, "width": width, "frames": frames, "steps": STEPS,
        "shift": 3.0, "guidance": guidance, "prompt": prompt, "negative": negative,
    }  # fmt: skip

write_golden("wan-image-pipeline", tensors, {"cases": settings}, "diffusers", "transformers", "pillow")
