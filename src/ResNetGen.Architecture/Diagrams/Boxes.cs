namespace ResNetGen.Architecture.Diagrams;

/// <summary>Makes the boxes of a diagram from the lines of the summary: fewer, so that a reader sees blocks and not layers.</summary>
internal static class Boxes
{
    public static EquatableArray<Box> Of(EquatableArray<LayerSummary> layers)
    {
        List<Box> boxes = [];
        int[] readers = Readers(layers), place = new int[layers.Count];
        for (int i = 0; i < layers.Count; i++)
        {
            LayerSummary layer = layers[i];
            int source = layer.Sources[0];
            // What only this element-wise layer takes stands in one box with it, unless that is a block.
            if (layer.IsElementwise && layer.Sources.Count == 1 && source >= 0 && readers[source] == 1 && boxes[place[source]].Inside.Count == 0)
            {
                place[i] = place[source];
                Box before = boxes[place[i]];
                boxes[place[i]] = before with { Text = $"{before.Text} · {Words(layer)}", Output = layer.Output };
                continue;
            }

            place[i] = boxes.Count;
            boxes.Add(Make(layer) with { Sources = layer.Sources.Select(each => each < 0 ? each : place[each]).ToEquatableArray() });
        }

        return boxes.ToEquatableArray();
    }

    private static Box Make(LayerSummary layer)
    {
        var box = new Box
        {
            Title = layer is { IsSum: true, Name: "(sum)" } ? "" : layer.Name,
            Text = Words(layer),
            Count = layer.Count,
            IsSum = layer.IsSum,
            Output = layer.Output,
            Sources = layer.Sources,
            Inside = Of(layer.Layers),
        };
        // A group of one box is that box.
        return box is { Count: 1, Inside.Count: 1 } && box.Inside[0] is { Inside.Count: 0, Count: 1, IsSum: false } only
            ? box with { Text = only.Text, Inside = [] }
            : box;
    }

    // The last layer's output leaves the block, which nobody beside it reads.
    private static int[] Readers(EquatableArray<LayerSummary> layers)
    {
        var readers = new int[layers.Count];
        foreach (int source in layers.SelectMany(layer => layer.Sources).Where(source => source >= 0))
            readers[source]++;

        return readers;
    }

    private static string Words(LayerSummary layer)
    {
        string[] kinds = layer.Kind.Split([", "], StringSplitOptions.None);
        if (layer.IsSum || layer.Kernel.Length == 0)
            return layer.IsSum ? layer.Kind : string.Join(" · ", kinds);

        // The kernel belongs to the convolution, wherever normalisation and activation stand.
        int windowed = Math.Max(0, Array.FindIndex(kinds, kind => kind == "conv"));
        kinds[windowed] += " " + layer.Kernel;
        return string.Join(" · ", kinds);
    }
}
