"""Reading: policy texts and app packages into facts with evidence; no opinion on compliance."""
