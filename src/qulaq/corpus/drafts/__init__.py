"""
Files that no format knows: what they look like, which formats come near, and a mapping drafted for a person to
complete. From below: cells sampled (`sampling`), words of headings (`headings`), how moments are written
(`clocks`), the file described (`description`), which column may be which (`candidates`), the lines of the draft
(`lines`, `drafting`), the draft as a file (`toml`), the error (`unknown`).
"""
