package dev.socketlab.script;

import dev.socketlab.load.Conversation;
import java.util.Arrays;

/** A client of an ending: what it says and how it reads is its conversation's affair. */
final class EndingClient {
  private final ScriptedConnection connection;
  private final Conversation conversation;
  private final Runnable rest;

  EndingClient(ScriptedConnection connection, Conversation conversation, Runnable rest) {
    this.connection = connection;
    this.conversation = conversation;
    this.rest = rest;
  }

  ScriptedConnection connection() {
    return connection;
  }

  /** Plays the client's part. */
  void play(Ending ending) {
    switch (ending) {
      case CLOSE_AFTER_REPLY, SUBJECT_STOPS -> {
        ask();
        readReply();
      }
      case HALF_CLOSE_AFTER_REQUEST -> {
        ask();
        connection.halfClose();
        readReply();
        readToEnd();
      }
      case CLOSE_MID_REQUEST, RESET_MID_REQUEST -> askByHalf();
      case RESET_AFTER_REQUEST -> ask();
      case RESET_MID_REPLY -> {
        ask();
        connection.read(1);
      }
      case CLOSE_WITH_UNREAD_REPLY -> {
        ask();
        connection.awaitUnread(1);
      }
      case SILENCE_THEN_CLOSE -> rest.run();
      case RESET_BEFORE_REQUEST -> {
        // It has said nothing.
      }
    }
    switch (ending) {
      case RESET_BEFORE_REQUEST, RESET_MID_REQUEST, RESET_AFTER_REQUEST, RESET_MID_REPLY ->
          connection.reset();
      case SUBJECT_STOPS -> {
        // It stays until the subject has ended.
      }
      default -> connection.close();
    }
  }

  void ask() {
    connection.sendRequest(conversation);
  }

  void askByHalf() {
    byte[] request = Talk.request(conversation);
    connection.send(Arrays.copyOf(request, request.length / 2));
  }

  void readReply() {
    connection.readReply(conversation);
  }

  void readToEnd() {
    byte[] more = connection.readToEnd();
    if (more.length > 0) {
      throw new ScriptException(more.length + " bytes follow the reply, " + connection);
    }
  }
}
