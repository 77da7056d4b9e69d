using Elman.Cells;
using Elman.Onnx.Protocol;

namespace Elman.Onnx.Export.Layers;

/// <summary>Activations: as names in recurrent operators, and as nodes.</summary>
internal static class ActivationExport
{
    /// <summary>The name in a recurrent operator, with the parameters α and β that it takes.</summary>
    public static (string Name, float[] Alpha, float[] Beta) OperatorOf(Activation activation)
    {
        RuntimeActivation f = activation.Function;
        float alpha = (float)f.Alpha, beta = (float)f.Beta;
        return f.Kind switch
        {
            FunctionKind.Tanh => ("Tanh", [], []),
            FunctionKind.Sigmoid => ("Sigmoid", [], []),
            FunctionKind.Relu => ("Relu", [], []),
            FunctionKind.Identity => ("Affine", [1], [0]),
            FunctionKind.Softsign => ("Softsign", [], []),
            FunctionKind.Softplus => ("Softplus", [], []),
            FunctionKind.Elu => ("Elu", [alpha], []),
            FunctionKind.LeakyRelu => ("LeakyRelu", [alpha], []),
            FunctionKind.HardSigmoid => ("HardSigmoid", [alpha], [beta]),
            FunctionKind.ScaledTanh => ("ScaledTanh", [alpha], [beta]),
            FunctionKind.Affine => ("Affine", [alpha], [beta]),
            FunctionKind.ThresholdedRelu => ("ThresholdedRelu", [alpha], []),
            _ => throw Unknown(activation),
        };
    }

    /// <summary>The attributes of a recurrent operator with the activations of one direction.</summary>
    /// <param name="directions">The number of directions.</param>
    /// <param name="activations">The activations of a direction, in the order of the operator.</param>
    public static IEnumerable<AttributeProto> Attributes(int directions, params Activation[] activations)
    {
        (string Name, float[] Alpha, float[] Beta)[] all =
            [.. Enumerable.Repeat(activations.Select(OperatorOf), directions).SelectMany(one => one)];
        yield return OnnxFormat.Attribute("activations", all.Select(one => one.Name));
        if (all.Any(one => one.Alpha.Length > 0))
            yield return OnnxFormat.Attribute("activation_alpha", all.SelectMany(one => one.Alpha));
        if (all.Any(one => one.Beta.Length > 0))
            yield return OnnxFormat.Attribute("activation_beta", all.SelectMany(one => one.Beta));
    }

    /// <summary>Applies an activation by nodes.</summary>
    public static Value Apply(Graph graph, Activation activation, Value a)
    {
        RuntimeActivation f = activation.Function;
        Value alpha = graph.Scalar((float)f.Alpha), beta = graph.Scalar((float)f.Beta);
        return f.Kind switch
        {
            FunctionKind.Tanh => graph.Tanh(a),
            FunctionKind.Sigmoid => graph.Sigmoid(a),
            FunctionKind.Relu => graph.Node("Relu", [a]),
            FunctionKind.Identity => a,
            FunctionKind.Softsign => graph.Node("Softsign", [a]),
            FunctionKind.Softplus => graph.Node("Softplus", [a]),
            FunctionKind.Elu => graph.Node("Elu", [a], OnnxFormat.Number("alpha", f.Alpha)),
            FunctionKind.LeakyRelu => graph.Node("LeakyRelu", [a], OnnxFormat.Number("alpha", f.Alpha)),
            FunctionKind.HardSigmoid =>
                graph.Node("HardSigmoid", [a], OnnxFormat.Number("alpha", f.Alpha), OnnxFormat.Number("beta", f.Beta)),
            FunctionKind.ScaledTanh => graph.Multiply(alpha, graph.Tanh(graph.Multiply(beta, a))),
            FunctionKind.Affine => graph.Add(graph.Multiply(alpha, a), beta),
            FunctionKind.ThresholdedRelu => graph.Where(graph.Less(a, alpha), graph.Scalar(0f), a),
            _ => throw Unknown(activation),
        };
    }

    private static NotSupportedException Unknown(Activation activation) =>
        new($"the activation {Quoted(activation.Name)} is custom code");
}
