"""Who supports whom, by age band or gender: heads in cells, weighted shares, and cells too small to be shown."""
