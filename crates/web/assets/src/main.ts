import { acts, rename } from "./acts";
import { enhance } from "./enhance";
import { filters } from "./filters";
import { keys } from "./keys";
import { copying } from "./link";
import { live } from "./live";
import { panes } from "./pane";

acts();
filters();
keys();
live();
copying();
panes();
enhance(document.body);
rename(new URL(location.href));
