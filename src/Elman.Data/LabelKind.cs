namespace Elman.Data;

/// <summary>The kind of labels of a file.</summary>
public enum LabelKind
{
    /// <summary>One class for each sequence.</summary>
    Class,

    /// <summary>The classes that apply to a sequence, divided by <c>|</c>; an empty field for none; in <c>.jsonl</c> files a list. Not in
    /// <c>.ts</c> and <c>.arff</c> files.</summary>
    Classes,

    /// <summary>
    /// The class of every step: the label column of a file in long form may change from row to row.
    /// An empty field or <c>?</c> is a step whose class is not known. In <c>.jsonl</c> files a list with one for each step.
    /// </summary>
    Steps,

    /// <summary>
    /// Numbers that belong to a sequence, one for each label column; an empty field, <c>?</c> or <c>NaN</c> is one that is not known.
    /// </summary>
    Numbers,

    /// <summary>No labels: a label column is used only if it is named, and is then ignored. For forecasts.</summary>
    None,

    /// <summary>
    /// Any: for data whose labels are not needed. Label columns are detected, so that they are not read as channels; their content is read
    /// as class names and never refused.
    /// </summary>
    Any,
}
