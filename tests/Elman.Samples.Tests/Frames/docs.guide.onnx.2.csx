using Elman.Onnx;

File.Copy(Repository.File("tests/Elman.Onnx.Tests/Fixtures/keras-bigru-softmax.onnx"), "model.onnx");
//: block
Expect(SequenceClassifier.Load("model.safetensors").Classes.Count == 3);
