using ResNetGen.Samples.Degradation;

return Cli.Run(args, Console.Out, Console.Error);
