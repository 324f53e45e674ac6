/** The page of the telephone: defines <soft-phone>. */

import "./soft-phone";
