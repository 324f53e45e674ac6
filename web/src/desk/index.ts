/** The desk's page: defines <assistant-desk>. */

import "./assistant-desk";
