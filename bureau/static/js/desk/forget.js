/* Where people sign in: whoever was here before has left, and no page of theirs stays on this device. What waits to be
   sent names nobody, and stays until they come back. */
import { forget } from "./keeping.js";

forget();
