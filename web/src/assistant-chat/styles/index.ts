/** Everything the widget looks like, in the order in which rules may overrule each other. */

import { accountStyles } from "./account";
import { baseStyles } from "./base";
import { cardStyles } from "./cards";
import { composerStyles } from "./composer";
import { handoverStyles } from "./handover";
import { panelStyles } from "./panel";
import { repliesStyles } from "./replies";
import { transcriptStyles } from "./transcript";

export const styles = [
  baseStyles,
  panelStyles,
  accountStyles,
  transcriptStyles,
  cardStyles,
  handoverStyles,
  repliesStyles,
  composerStyles,
];
