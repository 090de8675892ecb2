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
export type { CallIntent, CallNotice, CallSource, CallTracks } from "../controller/call-source.ts";
