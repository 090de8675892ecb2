export { createSimulatedCall, type SimulatedCall, type SimulatedCallOptions } from "./controller/simulated-call.ts";
export { simulatedCipher } from "./controller/simulated-mark.ts";
export {
  simulatedCalls,
  type SimulatedCallName,
  type SimulatedNetwork,
  type SimulatedStep,
} from "./controller/simulated-script.ts";
export type { CallIntent, CallNotice, CallSource, CallTracks } from "./controller/call-source.ts";
