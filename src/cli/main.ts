#!/usr/bin/env node
import { runCli } from './run.ts'
import { watchStandardStreams } from './standard-streams.ts'

watchStandardStreams()
// Not process.exit(): what was written to a pipe has to leave first.
process.exitCode = await runCli(process.argv.slice(2))
