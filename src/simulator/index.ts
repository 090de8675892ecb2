export {
  createSimulatedCall,
  type SimulatedCall,
  type SimulatedCallOptions,
} from "./simulated-call.ts";
export { simulatedCipher } from "./simulated-mark.ts";
export {
  simulatedCalls,
  type SimulatedCallName,
  type SimulatedNetwork,
  type SimulatedStep,
} from "./simulated-script.ts";
export type { Intent, CallIntent, CallsIntent } from "../call/intents.ts";
export type { CallNotice, CallSource, CallTracks } from "../controller/call-source.ts";
