"""Tables for statistics programs: Parquet, SPSS and Stata. They need the extra `acompana[stats]`."""
