import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A file that is wholly in the store. What its name stands for never changes: other content has another name. */
@Entity()
@Check('stored_file_sha256_check', `sha256 ~ '^[0-9a-f]{64}$'`)
@Check('stored_file_bytes_check', 'bytes > 0')
@Check('stored_file_picture_check', '(width IS NULL) = (height IS NULL)')
export class StoredFile {
  /** Of what is stored, in hexadecimal: of a picture after it was encoded anew. */
  @PrimaryColumn('text')
  sha256!: string;

  /** IANA media type, found by looking at the content. */
  @Column('text')
  mediaType!: string;

  @Column('int')
  bytes!: number;

  /** In pixels, of a picture. */
  @Column('int', { nullable: true })
  width!: number | null;

  @Column('int', { nullable: true })
  height!: number | null;

  /** Widths in pixels in which a picture is kept besides its own, narrowest first. */
  @Column('int', { array: true, default: '{}' })
  variants!: number[];

  @Column('timestamptz')
  createdAt!: Date;

  /** The person who first brought it; null for what the product brought itself. */
  @Column('uuid', { nullable: true })
  createdBy!: string | null;
}
