"""The training step of bench/train-step.ts in PyTorch on the CPU: same network, same shapes, AdamW.

With a command behind `--`, that command and PyTorch's step take turns, and the median ratio of their times is printed:

    python reference/bench_train_step.py --rounds 7 -- npx tsx bench/serve-step.ts

The command reads a line for every step and answers with a line: the seconds that it took, and the seconds of
processor time, in user code and in the system. On a machine with other work, compare processor time on one thread:

    python reference/bench_train_step.py --threads 1 -- npx tsx bench/serve-step.ts --threads 1
"""

import argparse
import statistics
import subprocess
import time

import torch
import torch.nn.functional as F

WIDTH, LAYERS, HEADS, TOKENS, BATCH = 256, 6, 4, 256, 16


class Block(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm1 = torch.nn.LayerNorm(WIDTH)
        self.q, self.k, self.v, self.out = (torch.nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm2 = torch.nn.LayerNorm(WIDTH)
        self.up = torch.nn.Linear(WIDTH, 4 * WIDTH)
        self.down = torch.nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        normal = self.norm1(x)
        q, k, v = (f(normal).unflatten(2, (HEADS, -1)).transpose(1, 2) for f in (self.q, self.k, self.v))
        x = x + self.out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


def make_step(fused: bool):
    torch.manual_seed(1)
    model = torch.nn.Sequential(*(Block() for _ in range(LAYERS)))
    average = [p.detach().clone() for p in model.parameters()]
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.98), weight_decay=0.01, fused=fused)
    x, target = torch.randn(BATCH, TOKENS, WIDTH), torch.randn(BATCH, TOKENS, WIDTH)

    def step() -> tuple[float, float]:
        """Seconds, and seconds of processor time."""
        start, before = time.perf_counter(), time.process_time()
        optimiser.zero_grad(set_to_none=True)
        loss = F.mse_loss(model(x), target)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        with torch.no_grad():
            torch._foreach_lerp_(average, list(model.parameters()), 0.01)
        loss.item()
        return time.perf_counter() - start, time.process_time() - before

    return step


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("command", nargs="*", help="after --: the other contestant")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    step = make_step(fused=True)
    other = None
    if options.command:
        other = subprocess.Popen(options.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def other_step() -> tuple[float, float]:
        other.stdin.write("\n")
        other.stdin.flush()
        line = other.stdout.readline()
        if not line:
            raise SystemExit("the other contestant has ended")
        seconds, user, system = map(float, line.split())
        return seconds, user + system

    times, other_times = [], []
    for i in range(-2, options.rounds):
        mine = step()
        theirs = other_step() if other else None
        if i >= 0:
            times.append(mine)
            if theirs is not None:
                other_times.append(theirs)
    print(f"torch {torch.__version__.split('+')[0]}, {options.threads} threads: {medians(times)}")
    if other:
        other.stdin.close()
        print(f"Framewright: {medians(other_times)}")
        for i, kind in enumerate(("time", "processor time")):
            ratio = statistics.median(a[i] / b[i] for a, b in zip(times, other_times))
            print(f"median of PyTorch's {kind} / Framewright's: {ratio:.2f}")


def medians(times: list[tuple[float, float]]) -> str:
    seconds, processor = (statistics.median(column) for column in zip(*times))
    return f"{seconds:.3f} s a step, {processor:.3f} s of processor time"


main()
