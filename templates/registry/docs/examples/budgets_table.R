# The budgets as a table. An empty cell becomes NA: not stated, and not zero.
list <- "https://register.example/api/v1/budgets/?format=csv&ordering=code"
budgets <- read.csv(list, fileEncoding = "UTF-8-BOM", na.strings = "")
columns <- c("code", "amount", "currency", "year", "gap_percent")
print(budgets[, columns], row.names = FALSE)
