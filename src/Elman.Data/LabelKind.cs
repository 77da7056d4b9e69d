namespace Elman.Data;

/// <summary>The kind of labels of a file.</summary>
public enum LabelKind
{
    /// <summary>One class for each sequence.</summary>
    Class,

    /// <summary>
    /// The classes that apply to a sequence, separated by <c>|</c>; an empty field means none; in <c>.jsonl</c> files a list. Not supported
    /// in <c>.ts</c> and <c>.arff</c> files.
    /// </summary>
    Classes,

    /// <summary>
    /// The class of every step: the label column of a file in long form may change from row to row. An empty field or <c>?</c> means that
    /// the class of the step is not known. In <c>.jsonl</c> files a list with one class for each step.
    /// </summary>
    Steps,

    /// <summary>
    /// Numbers that belong to a sequence, one for each label column; an empty field, <c>?</c> or <c>NaN</c> means that the number is not
    /// known.
    /// </summary>
    Numbers,

    /// <summary>No labels: a label column is used only if it is named, and is then ignored. For forecasts.</summary>
    None,

    /// <summary>
    /// Labels of any kind, for data whose labels are not needed. Label columns are detected, so that they are not read as channels; their
    /// content is read as class names and never refused.
    /// </summary>
    Any,
}
