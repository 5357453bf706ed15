using ResNetGen.Architecture;
using ResNetGen.Architecture.Layers;

namespace ResNetGen.Generators.Emission.Classes;

/// <summary>Finds the module classes of a network: its own, and one for every kind of block or branch inside.</summary>
internal static class ClassCollector
{
    /// <summary>Each class with its instances, equal ones once, in the order in which they are met; the network's own is first.</summary>
    public static IReadOnlyList<CollectedClass> Collect(NetworkArchitecture network)
    {
        List<CollectedClass> classes = [];
        var root = new CollectedClass("");
        classes.Add(root);
        root.Instances.Add(new InstanceOf(network.Root, network.Input));
        Visit(network.Root, network.Input, classes);
        return classes;
    }

    // A repeated block is met once: each copy is reached by the shape that leaves it.
    private static void Visit(Layer layer, Shape input, List<CollectedClass> classes)
    {
        switch (layer)
        {
            case Instance instance:
                CollectedClass? known = classes.FirstOrDefault(each => each.Name == instance.ClassName);
                if (known is null)
                    classes.Add(known = new CollectedClass(instance.ClassName));

                var met = new InstanceOf(instance.Body, input);
                if (!known.Instances.Contains(met))
                    known.Instances.Add(met);

                Visit(instance.Body, input, classes);
                break;
            case Repeat repeat:
                Visit(repeat.Body, input, classes);
                break;
            case Blocks blocks:
                foreach (Part part in blocks.Parts(input))
                    Visit(part.Layer, part.Input, classes);

                if (blocks.Runs[0].Body is Instance { ClassName: var name })
                    classes.First(each => each.Name == name).Lists.Add((blocks, input));

                break;
            case Composite composite:
                foreach (Part part in composite.Parts(input))
                    Visit(part.Layer, part.Input, classes);
                break;
        }
    }
}

/// <summary>A class and its instances.</summary>
/// <param name="name">Its name; empty for the network itself.</param>
internal sealed class CollectedClass(string name)
{
    public string Name { get; } = name;

    public List<InstanceOf> Instances { get; } = [];

    /// <summary>The lists of blocks that are made of it, with the shape that reaches each.</summary>
    public List<(Blocks Blocks, Shape Input)> Lists { get; } = [];
}

/// <summary>What an instance of a class is made of, and the shape that reaches it.</summary>
internal sealed record InstanceOf(Layer Body, Shape Input);
