"""Pages that are pictures: their words and rules, recognised into the same page layouts."""
