package dev.birdconnect.client.http;

import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.ByteString;

/**
 * A file on its way to a store (section 12 of the API reference, step 3).
 *
 * @param address where to
 * @param method the HTTP method
 * @param fields the form's fields, which come before the file
 * @param fileName the file's name
 * @param contentType the file's media type
 * @param content the file's bytes
 */
public record MultipartUpload(
    String address,
    String method,
    Map<String, String> fields,
    String fileName,
    String contentType,
    ByteString content) {

  Optional<HttpUrl> url() {
    return Optional.ofNullable(HttpUrl.parse(address));
  }

  RequestBody body() {
    MultipartBody.Builder body = new MultipartBody.Builder().setType(MultipartBody.FORM);
    fields.forEach(body::addFormDataPart);
    return body.addFormDataPart(
            "file", fileName, RequestBody.create(content, MediaType.parse(contentType)))
        .build();
  }

  @Override
  public String toString() {
    return "MultipartUpload[" + content.size() + " bytes]";
  }
}
