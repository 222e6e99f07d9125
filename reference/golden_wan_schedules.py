"""Walks of diffusers' schedulers, for src/diffusion/schedules.test.ts: see README.md.

Writes golden/wan-schedules.safetensors. A walk starts at `start` and is told the velocity `drift[i] + x / 2` at step i.
`unipc.<shift>` and `euler.<shift>`: the walks of 1, 2, … 50 steps one below the other, a row a step: the share of
noise, the time that the network is told, and x after the step. `fastwan` and `selfforcing`: one walk each, whose noise
is `noise[i]`. The schedules are diffusers' own, in 32 bits; the walks through them are computed in 64 bits.
"""

from pathlib import Path

import diffusers
import torch
from diffusers import FlowMatchEulerDiscreteScheduler, UniPCMultistepScheduler
from safetensors.torch import save_file

SHIFTS = [1.0, 3.0, 5.0, 12.0]
STEPS = range(1, 51)

torch.manual_seed(50)
torch.set_num_threads(1)
start = torch.randn(3)
drift = torch.randn(50, 3)
noise = torch.randn(4, 3)
tensors = {"start": start, "drift": drift, "noise": noise}


def walk(scheduler, bits=torch.float64) -> torch.Tensor:
    scheduler.sigmas = scheduler.sigmas.to(bits)
    x = start.reshape(1, 1, 3).to(bits)
    rows = []
    for i, time in enumerate(scheduler.timesteps):
        velocity = drift[i] + x / 2
        x = scheduler.step(velocity, time, x, return_dict=False)[0]
        rows.append(torch.cat([scheduler.sigmas[i].reshape(1), time.reshape(1), x.flatten()]))
    return torch.stack(rows).float()


def unipc(shift: float, steps: int):
    """As Wan 2.1 publishes it: scheduler/scheduler_config.json of Wan-AI/Wan2.1-T2V-1.3B-Diffusers."""
    scheduler = UniPCMultistepScheduler(
        num_train_timesteps=1000,
        solver_order=2,
        solver_type="bh2",
        prediction_type="flow_prediction",
        use_flow_sigmas=True,
        flow_shift=shift,
        lower_order_final=True,
        final_sigmas_type="zero",
    )
    scheduler.set_timesteps(steps)
    scheduler.set_begin_index(0)
    return scheduler


def euler(shift: float, steps: int):
    scheduler = FlowMatchEulerDiscreteScheduler(num_train_timesteps=1000, shift=shift)
    scheduler.set_timesteps(steps)
    scheduler.set_begin_index(0)
    return scheduler


class NoiseGiven(FlowMatchEulerDiscreteScheduler):
    """Takes the noise of stochastic sampling from the list above instead of a generator."""

    def step(self, velocity, time, x, **options):
        index = self._begin_index if self.step_index is None else self.step_index
        module = FlowMatchEulerDiscreteScheduler.step.__globals__
        drawn, module["randn_tensor"] = module["randn_tensor"], lambda shape, **_: noise[index].reshape(shape)
        try:
            return super().step(velocity, time, x, **options)
        finally:
            module["randn_tensor"] = drawn


def few_steps(sigmas: list[float], times: list[float]):
    scheduler = NoiseGiven(num_train_timesteps=1000, shift=1.0, stochastic_sampling=True)
    scheduler.set_timesteps(sigmas=sigmas, timesteps=times)
    scheduler.set_begin_index(0)
    return scheduler


def fastwan():
    """FastVideo's DMD pipeline: times 1000, 757 and 522, each with the nearest noise of a table with shift 8."""
    table = FlowMatchEulerDiscreteScheduler(num_train_timesteps=1000, shift=8.0)
    times = [1000.0, 757.0, 522.0]
    nearest = [int((table.timesteps - time).abs().argmin()) for time in times]
    return few_steps([float(table.sigmas[i]) for i in nearest], times)


def self_forcing():
    """Self-Forcing: entries 1000, 750, 500 and 250, counted from the end, of a table of 1000 times with shift 5."""
    sigmas = torch.linspace(1.0, 0.0, 1001)[:-1]
    sigmas = 5 * sigmas / (1 + 4 * sigmas)
    chosen = [float(sigmas[1000 - entry]) for entry in (1000, 750, 500, 250)]
    return few_steps(chosen, [float(torch.tensor(sigma) * 1000) for sigma in chosen])


for name, make in (("unipc", unipc), ("euler", euler)):
    for shift in SHIFTS:
        tensors[f"{name}.{shift:g}"] = torch.cat([walk(make(shift, steps)) for steps in STEPS])
tensors["fastwan"] = walk(fastwan())
tensors["selfforcing"] = walk(self_forcing())

target = Path(__file__).parent / "golden" / "wan-schedules.safetensors"
metadata = {
    "source": "reference/golden_wan_schedules.py",
    "diffusers": diffusers.__version__,
    "torch": torch.__version__.split("+")[0],
}
save_file({name: value.contiguous() for name, value in tensors.items()}, target, metadata)
own = max(
    (walk(make(shift, steps), torch.float32) - walk(make(shift, steps))).abs().max().item()
    for make in (unipc, euler)
    for shift in SHIFTS
    for steps in STEPS
)
print(f"{len(tensors)} tensors, {target.stat().st_size} bytes; in 32 bits throughout, x is off by at most {own:.1e}")
