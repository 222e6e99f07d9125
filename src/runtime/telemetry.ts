/**
 * ONNX Runtime's packages report to Microsoft by default, and keep a device id in the home folder: here they may not,
 * unless the user has set the variable. It counts when the process first opens a session; a thread only has a copy of
 * the environment, so that it is too late there.
 */
export function silenceTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY ??= '1'
}
