export {
  createSimulatedCall,
  type SimulatedCall,
  type SimulatedCallOptions,
  simulatedCipher,
} from "./simulated-call.ts";
export {
  simulatedCalls,
  type SimulatedCallName,
  type SimulatedNetwork,
  type SimulatedStep,
} from "./simulated-script.ts";
export type { Intent, CallIntent, CallsIntent } from "../call/events.ts";
export type { CallNotice, CallSource, CallTracks } from "../controller/call-source.ts";
