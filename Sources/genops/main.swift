import GenOpsCommands

await GenOpsProgram.main()
