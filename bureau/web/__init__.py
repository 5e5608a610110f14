"""What every page shares: who may come, languages, formats, errors in words, security headers. Knows no feature."""
