using ResNetGen.Samples.IdentityMappings;

return Cli.Run(args, Console.Out, Console.Error);
