# Read the tables of the Data Package in R, typed by their schema.
#
#   Rscript data/read.R            prints each table with its size
#   source("data/read.R")          gives read_table("claims") and read_all()
#
# Needs the packages readr and jsonlite. Run from the folder of the project.

library(readr)
library(jsonlite)

package <- fromJSON("data/datapackage.json", simplifyVector = FALSE)

# The type of a field, as readr names it. Enumerated fields become factors in the order of their codes.
column_of <- function(field) {
  if (!is.null(field$codes)) {
    return(col_factor(levels = vapply(field$codes, function(code) code$value, ""), ordered = TRUE))
  }
  switch(field$type,
    integer = col_integer(),
    number = col_double(),
    boolean = col_logical(),
    date = col_date("%Y-%m-%d"),
    col_character()
  )
}

# The schema of a table stands in a file of its own, which the package names.
schema_of <- function(entry) {
  fromJSON(file.path("data", entry$schema), simplifyVector = FALSE)
}

read_table <- function(name) {
  entry <- Filter(function(resource) resource$name == name, package$resources)[[1]]
  fields <- schema_of(entry)$fields
  columns <- lapply(fields, column_of)
  names(columns) <- vapply(fields, function(field) field$name, "")
  table <- read_csv(
    file.path("data", entry$path),
    col_types = do.call(cols, columns), na = "", progress = FALSE
  )
  stop_for_problems(table)
  table
}

read_all <- function() {
  tables <- Filter(function(resource) resource$type == "table", package$resources)
  names <- vapply(tables, function(resource) resource$name, "")
  sapply(names, read_table, simplify = FALSE)
}

if (sys.nframe() == 0) {
  for (name in names(tables <- read_all())) {
    cat(name, nrow(tables[[name]]), "rows\n")
  }
}
