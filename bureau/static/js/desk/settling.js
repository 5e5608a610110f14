/* What the server has said of each piece: what counts is let go, what is refused is kept with the reason until somebody
   has read it. */
import { reached, say } from "./dock.js";
import * as kept from "./kept.js";

export async function settled(answers) {
  reached();
  const refused = answers.filter(({ answer }) => answer.refused);
  await kept.drop(answers.filter(({ answer }) => !answer.refused).map(({ piece }) => piece.key));
  for (const { piece, answer } of refused) {
    await kept.keep({ ...piece, note: undefined, refused: answer.refused }, { instead: piece.key });
  }
  const said = new Set(answers.map(({ answer }) => answer.said).filter(Boolean));
  if (said.size) say("news", [...said].join(" "));
  if (refused.length) say("stop", [...new Set(refused.map(({ answer }) => answer.refused))].join(" "));
  document.dispatchEvent(new CustomEvent("settled", { detail: answers }));
}
