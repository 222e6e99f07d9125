"""A tiny WanPipeline in its published layout, and what comes out of it: for src/pipeline/wan/*.test.ts, see README.md.

Writes golden/wan-tiny/ (`save_pretrained`, the transformer in several files with an index), and
golden/wan-pipeline.safetensors. For case `c`: `c/noise` (first latents), `c/latents` (after the last step) and
`c/frames` [F, H, W, 3] in 0…1. The metadata's configs hold each case's prompt and settings, and for each network the
names that Wan's own code gives its weights (`names`: original → published), checked with diffusers' own conversion.
"""

import re
import shutil

import torch
from diffusers import AutoencoderKLWan, FlowMatchEulerDiscreteScheduler, UniPCMultistepScheduler, WanPipeline
from diffusers import WanTransformer3DModel
from diffusers.loaders.single_file_utils import convert_wan_transformer_to_diffusers, convert_wan_vae_to_diffusers
from transformers import PreTrainedTokenizerFast, UMT5Config, UMT5EncoderModel

from tiny import GOLDEN, randomise, write_golden

torch.set_num_threads(1)
FOLDER = GOLDEN / "wan-tiny"

tokenizer = PreTrainedTokenizerFast(
    tokenizer_file=str(GOLDEN / "tokenizer-umt5.json"), eos_token="</s>", pad_token="<pad>", unk_token="<unk>"
)
text_encoder = UMT5EncoderModel(
    UMT5Config(
        vocab_size=len(tokenizer), d_model=12, d_kv=6, d_ff=20, num_layers=2, num_heads=2,
        relative_attention_num_buckets=32, relative_attention_max_distance=128, feed_forward_proj="gated-gelu",
    )
)  # fmt: skip
transformer = WanTransformer3DModel(
    patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=14, in_channels=16, out_channels=16,
    text_dim=12, freq_dim=16, ffn_dim=40, num_layers=3, cross_attn_norm=True, eps=1e-6, rope_max_seq_len=32,
)  # fmt: skip
vae = AutoencoderKLWan(base_dim=2, z_dim=16, dim_mult=[1, 2, 4, 4], num_res_blocks=2)
for seed, model in enumerate((text_encoder, transformer, vae)):
    randomise(model, 40 + seed)
with torch.no_grad():
    # Without this, the random decoder's frames would mostly be cut off at black and white.
    vae.decoder.conv_out.weight.mul_(0.3)

unipc = UniPCMultistepScheduler(
    prediction_type="flow_prediction", use_flow_sigmas=True, num_train_timesteps=1000, flow_shift=3.0
)
pipe = WanPipeline(tokenizer, text_encoder, vae, unipc, transformer)
pipe.set_progress_bar_config(disable=True)
shutil.rmtree(FOLDER, ignore_errors=True)
pipe.save_pretrained(FOLDER, max_shard_size="40KB")

# Scheduler, height, width, frames, steps, guidance, prompt, negative prompt.
CASES = {
    "published": ("unipc", 32, 48, 9, 6, 5.0, "A red fox runs through the snow.", "blurred, static"),
    "plain": ("unipc", 16, 80, 1, 6, 1.0, "Ein Haus am Meer, 日本", ""),
    "euler": ("euler", 48, 16, 5, 6, 3.5, "two dogs dance", ""),
}

tensors: dict[str, torch.Tensor] = {}
settings: dict[str, object] = {}
for seed, (name, (scheduler, height, width, frames, steps, guidance, prompt, negative)) in enumerate(CASES.items()):
    euler = FlowMatchEulerDiscreteScheduler(shift=3.0)
    pipe.scheduler = unipc if scheduler == "unipc" else euler
    shape = (1, 16, (frames - 1) // 4 + 1, height // 8, width // 8)
    noise = torch.randn(shape, generator=torch.Generator().manual_seed(60 + seed))
    common = dict(
        prompt=prompt, negative_prompt=negative, height=height, width=width, num_frames=frames,
        num_inference_steps=steps, guidance_scale=guidance, latents=noise,
    )  # fmt: skip
    latents = pipe(**common, output_type="latent").frames
    film = pipe(**common, output_type="pt").frames[0]  # [F, 3, H, W]
    cut_off = ((film == 0) | (film == 1)).float().mean().item()
    print(f"{name}: latents to {latents.abs().max():.2f}, {cut_off:.0%} of the numbers in the frames are cut off")
    tensors |= {f"{name}/noise": noise, f"{name}/latents": latents, f"{name}/frames": film.permute(0, 2, 3, 1)}
    settings[name] = {
        "sampler": scheduler, "height": height, "width": width, "frames": frames, "steps": steps, "shift": 3.0,
        "guidance": guidance, "prompt": prompt, "negative": negative,
    }  # fmt: skip


def original_transformer(name: str) -> str:
    """As `WanModel` of Wan's own code has it."""
    for pattern, replacement in [
        (r"^condition_embedder\.time_embedder\.linear_(\d)", lambda m: f"time_embedding.{2 * int(m[1]) - 2}"),
        (r"^condition_embedder\.text_embedder\.linear_(\d)", lambda m: f"text_embedding.{2 * int(m[1]) - 2}"),
        (r"^condition_embedder\.time_proj", "time_projection.1"),
        (r"^scale_shift_table", "head.modulation"),
        (r"^proj_out", "head.head"),
        (r"^(blocks\.\d+)\.scale_shift_table", r"\1.modulation"),
        (r"\.attn1\.", ".self_attn."),
        (r"\.attn2\.", ".cross_attn."),
        (r"\.to_out\.0\.", ".o."),
        (r"\.to_([qkv])\.", r".\1."),
        (r"\.ffn\.net\.0\.proj\.", ".ffn.0."),
        (r"\.ffn\.net\.2\.", ".ffn.2."),
        (r"\.norm2\.", ".norm3."),
    ]:
        name = re.sub(pattern, replacement, name)
    return name


def original_vae(name: str) -> str:
    """As `WanVAE_` of Wan's own code has it."""
    for pattern, replacement in [
        (r"^quant_conv", "conv1"),
        (r"^post_quant_conv", "conv2"),
        (r"coder\.conv_in", "coder.conv1"),
        (r"norm_out", "head.0"),
        (r"conv_out", "head.2"),
        (r"mid_block\.resnets\.(\d)", lambda m: f"middle.{2 * int(m[1])}"),
        (r"mid_block\.attentions\.0", "middle.1"),
        (r"down_blocks", "downsamples"),
        (r"up_blocks\.(\d)\.resnets\.(\d)", lambda m: f"upsamples.{4 * int(m[1]) + int(m[2])}"),
        (r"up_blocks\.(\d)\.upsamplers\.0", lambda m: f"upsamples.{4 * int(m[1]) + 3}"),
        (r"\.norm1\.gamma", ".residual.0.gamma"),
        (r"(samples\.\d+|middle\.\d)\.conv1", r"\1.residual.2"),
        (r"\.norm2\.gamma", ".residual.3.gamma"),
        (r"(samples\.\d+|middle\.\d)\.conv2", r"\1.residual.6"),
        (r"conv_shortcut", "shortcut"),
    ]:
        name = re.sub(pattern, replacement, name)
    return name


def original_text(name: str) -> str:
    """As `T5Encoder` of Wan's own code has it (no conversion of it in diffusers)."""
    for pattern, replacement in [
        (r"^shared", "token_embedding"),
        (r"^encoder\.final_layer_norm", "norm"),
        (r"^encoder\.block\.(\d+)", r"blocks.\1"),
        (r"\.layer\.0\.layer_norm", ".norm1"),
        (r"\.layer\.1\.layer_norm", ".norm2"),
        (r"\.layer\.0\.SelfAttention\.relative_attention_bias", ".pos_embedding.embedding"),
        (r"\.layer\.0\.SelfAttention", ".attn"),
        (r"\.layer\.1\.DenseReluDense\.wi_0", ".ffn.gate.0"),
        (r"\.layer\.1\.DenseReluDense\.wi_1", ".ffn.fc1"),
        (r"\.layer\.1\.DenseReluDense\.wo", ".ffn.fc2"),
    ]:
        name = re.sub(pattern, replacement, name)
    return name


names: dict[str, dict[str, str]] = {}
for part, model, rename, convert in [
    ("transformer", transformer, original_transformer, convert_wan_transformer_to_diffusers),
    ("vae", vae, original_vae, convert_wan_vae_to_diffusers),
    ("text", text_encoder, original_text, None),
]:
    published = [name for name in model.state_dict() if name != "encoder.embed_tokens.weight"]
    names[part] = {rename(name): name for name in published}
    assert len(names[part]) == len(published)
    if convert is not None:
        wrong = {new: to for to, new in convert(dict(names[part])).items() if new != to}
        assert not wrong, wrong

write_golden("wan-pipeline", tensors, {"cases": settings, "names": names}, "diffusers", "transformers")
