"""How data comes in: the contract, sources, checked loading, versions, the sample."""
