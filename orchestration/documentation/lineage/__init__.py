"""Of which columns of the sources a published column or an indicator is made, column by column, as the compiled SQL says."""
