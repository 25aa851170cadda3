"""People and intake put right: what stood stays beside the line that mended it."""
