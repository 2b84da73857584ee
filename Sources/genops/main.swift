import GenOpsCommands

GenOpsProgram.main()
