"""Wan 2.1 1.3B with random weights: makes a checkpoint of it, or times one denoising step of diffusers. See README.md.

    python bench_wan_step.py make FOLDER    # published sizes but for the text encoder, which has one layer
    python bench_wan_step.py time FOLDER    # one forward at 256×256×17 in F32: seconds, CPU seconds, peak memory
"""

import resource
import sys
import time
from pathlib import Path

import torch

from tiny import GOLDEN

GRID = (5, 32, 32)


def make(folder: Path) -> None:
    from diffusers import AutoencoderKLWan, UniPCMultistepScheduler, WanPipeline, WanTransformer3DModel
    from transformers import PreTrainedTokenizerFast, UMT5Config, UMT5EncoderModel

    torch.manual_seed(0)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(GOLDEN / "tokenizer-umt5.json"), eos_token="</s>", pad_token="<pad>", unk_token="<unk>"
    )
    text_encoder = UMT5EncoderModel(
        UMT5Config(
            vocab_size=len(tokenizer), d_model=4096, d_kv=64, d_ff=10240, num_layers=1, num_heads=64,
            feed_forward_proj="gated-gelu",
        )
    )  # fmt: skip
    transformer = WanTransformer3DModel(
        num_attention_heads=12, attention_head_dim=128, in_channels=16, out_channels=16, text_dim=4096,
        freq_dim=256, ffn_dim=8960, num_layers=30,
    )  # fmt: skip
    scheduler = UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, num_train_timesteps=1000, flow_shift=3.0
    )
    WanPipeline(tokenizer, text_encoder, AutoencoderKLWan(), scheduler, transformer).save_pretrained(folder)


def measure(folder: Path) -> None:
    from diffusers import WanTransformer3DModel

    torch.set_num_threads(2)
    model = WanTransformer3DModel.from_pretrained(folder / "transformer", torch_dtype=torch.float32).eval()
    x, text = torch.randn(1, 16, *GRID), torch.randn(1, 512, 4096)
    for _ in range(2):
        wall, cpu = time.perf_counter(), time.process_time()
        with torch.inference_mode():
            model(hidden_states=x, timestep=torch.tensor([500.0]), encoder_hidden_states=text)
        print(f"{time.perf_counter() - wall:.1f} s, {time.process_time() - cpu:.1f} s of CPU", flush=True)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


{"make": make, "time": measure}[sys.argv[1]](Path(sys.argv[2]))
