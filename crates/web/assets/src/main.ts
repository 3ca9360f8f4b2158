import { acts, rename } from "./acts";
import { enhance } from "./enhance";
import { filters } from "./filters";
import { keys } from "./keys";
import { copying } from "./link";
import { panes } from "./pane";

acts();
filters();
keys();
copying();
panes();
enhance(document.body);
rename(new URL(location.href));
