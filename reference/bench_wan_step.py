"""One denoising step of Wan 2.1 1.3B at 256×256 with random weights, in diffusers and in Framewright. See README.md.

    python reference/bench_wan_step.py make FOLDER [--layers 30] [--frames 17]    # a checkpoint, 7 GB, and a step's inputs
    python reference/bench_wan_step.py rounds FOLDER [--rounds 3] [--threads 2] [--only NAME …]

In a round every contestant takes its turn in a process of its own, so that the memory of one is enough: it opens the
network, makes `--steps` steps, and the last of them counts. Printed are medians, ratios within a round, the largest memory
of each process, and how far what came out is from what diffusers computes. On a machine with other work, compare
processor time on one thread (`--threads 1`).
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from tiny import GOLDEN

# Rows and columns of the latents; vectors of the text.
SIDES = (32, 32)
TEXT = (512, 4096)
TIME = 500.0

SERVE = ["npx", "tsx", "bench/serve-wan-step.ts"]
CONTESTANTS = {
    "diffusers": [sys.executable, __file__, "serve"],
    "f32": [*SERVE],
    "f32-4GB": [*SERVE, "--memory", "4GB"],
    "int8": [*SERVE, "--precision", "int8"],
}


def make(folder: Path, layers: int, frames: int) -> None:
    from diffusers import AutoencoderKLWan, UniPCMultistepScheduler, WanPipeline, WanTransformer3DModel
    from transformers import PreTrainedTokenizerFast, UMT5Config, UMT5EncoderModel

    torch.manual_seed(0)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(GOLDEN / "tokenizer-umt5.json"), eos_token="</s>", pad_token="<pad>", unk_token="<unk>"
    )
    # Of published width, but one layer: no step depends on it.
    text_encoder = UMT5EncoderModel(
        UMT5Config(
            vocab_size=len(tokenizer), d_model=4096, d_kv=64, d_ff=10240, num_layers=1, num_heads=64,
            relative_attention_num_buckets=32, relative_attention_max_distance=128, feed_forward_proj="gated-gelu",
        )
    )  # fmt: skip
    transformer = WanTransformer3DModel(
        patch_size=(1, 2, 2), num_attention_heads=12, attention_head_dim=128, in_channels=16, out_channels=16,
        text_dim=4096, freq_dim=256, ffn_dim=8960, num_layers=layers, cross_attn_norm=True, eps=1e-6,
    )  # fmt: skip
    scheduler = UniPCMultistepScheduler(
        prediction_type="flow_prediction", use_flow_sigmas=True, num_train_timesteps=1000, flow_shift=3.0
    )
    WanPipeline(tokenizer, text_encoder, AutoencoderKLWan(), scheduler, transformer).save_pretrained(folder)
    x = torch.randn(1, 16, (frames - 1) // 4 + 1, *SIDES)
    save_file({"x": x, "text": torch.randn(1, *TEXT)}, folder / "inputs.safetensors")


def serve(folder: Path, threads: int, steps: int) -> None:
    """The contestant of diffusers: a line of JSON for every step, then the velocity in a file."""
    from diffusers import WanTransformer3DModel

    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    model = WanTransformer3DModel.from_pretrained(folder / "transformer", torch_dtype=torch.float32).eval()
    inputs = load_file(folder / "inputs.safetensors")
    for _ in range(steps):
        wall, cpu = time.perf_counter(), time.process_time()
        with torch.inference_mode():
            velocity = model(
                hidden_states=inputs["x"], timestep=torch.tensor([TIME]), encoder_hidden_states=inputs["text"]
            ).sample
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"seconds": wall, "processor": cpu, "peak": peak}), flush=True)
    save_file({"velocity": velocity.contiguous()}, folder / "velocity-diffusers.safetensors")


def rounds(folder: Path, count: int, threads: int, steps: int, names: list[str]) -> None:
    results: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for number in range(count):
        for name in names:
            options = [str(folder), "--threads", str(threads), "--steps", str(steps), "--name", name]
            done = subprocess.run([*CONTESTANTS[name], *options], stdout=subprocess.PIPE, text=True)
            if done.returncode != 0:
                raise SystemExit(f"{name} has failed")
            last = json.loads(done.stdout.strip().splitlines()[-1])
            results[name].append(last)
            print(
                f"round {number + 1}: {name}: {last['seconds']:.1f} s, {last['processor']:.1f} s of processor time, "
                f"{last['peak'] / 1e9:.2f} GB",
                flush=True,
            )
    print(f"\ntorch {torch.__version__.split('+')[0]}, {threads} threads, {count} rounds; medians:")
    for name in names:
        seconds, processor = (statistics.median(r[key] for r in results[name]) for key in ("seconds", "processor"))
        peak = max(r["peak"] for r in results[name])
        print(f"{name}: {seconds:.1f} s, {processor:.1f} s of processor time, peak {peak / 1e9:.2f} GB")
    for one, other in (("diffusers", "f32"), ("diffusers", "int8"), ("f32", "int8"), ("f32-4GB", "f32")):
        if one in results and other in results:
            ratios = [
                statistics.median(a[key] / b[key] for a, b in zip(results[one], results[other]))
                for key in ("seconds", "processor")
            ]
            print(f"{one} / {other}: time {ratios[0]:.2f}, processor time {ratios[1]:.2f}")
    velocity = {name: load_file(folder / f"velocity-{name}.safetensors")["velocity"] for name in names}
    for name in [n for n in names if n != "diffusers" and "diffusers" in names]:
        error, expected = velocity[name] - velocity["diffusers"], velocity["diffusers"]
        print(
            f"{name}: off from diffusers by {error.abs().max() / expected.abs().max():.2e} of the largest number, "
            f"{error.norm() / expected.norm():.2e} in the mean"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=("make", "rounds", "serve"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--layers", type=int, default=30, help="of the transformer that is made")
    parser.add_argument("--frames", type=int, default=17, help="of the video whose step is made, 4k + 1")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=2, help="of a process; the last counts")
    parser.add_argument("--only", nargs="+", choices=tuple(CONTESTANTS), default=list(CONTESTANTS))
    parser.add_argument("--name", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job == "make":
        make(options.folder, options.layers, options.frames)
    elif options.job == "serve":
        serve(options.folder, options.threads, options.steps)
    else:
        rounds(options.folder, options.rounds, options.threads, options.steps, options.only)


main()
