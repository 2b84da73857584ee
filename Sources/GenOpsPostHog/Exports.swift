// An application that imports GenOpsPostHog writes budgets, money, attribution and properties in its
// first lines. Their modules belong to the same product, so they come with it: under
// `MemberImportVisibility` each of those lines would otherwise ask for an import of its own.
@_exported public import GenOpsAdmission
@_exported public import GenOpsCosting
@_exported public import GenOpsGovernance
@_exported public import GenOpsMetering
@_exported public import GenOpsUnits
